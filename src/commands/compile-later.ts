import { setFlagsFromString } from "node:v8";

/** The release of Node whose settings these are: others name them, and what they mean, otherwise. */
const TRIED = "20.";

/**
 * Has V8 compile a function to fast code only once it has run some nine times as long as by default, and one of a
 * WebAssembly module (the solver) fifty times. A pipeline runs for seconds, of which a quarter went to compiling what
 * then hardly ran any more. It changes when code is compiled and nothing that it computes.
 */
export function compileLater(node = process.versions.node): void {
  if (!node.startsWith(TRIED)) return;
  setFlagsFromString("--interrupt-budget=600000");
  setFlagsFromString("--wasm-tiering-budget=100000000");
}
