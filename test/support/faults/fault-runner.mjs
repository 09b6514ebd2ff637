// Runs pipelines one after the other as they are asked for, each with its fault, as the program would.
import { exitCodeOf } from "../../../dist/src/commands/exit-code.js";
import { runOptions } from "../../../dist/src/commands/run-options.js";
import { runPipelineFile } from "../../../dist/src/commands/run-pipeline-file.js";
import { arm, disarm } from "./file-faults.mjs";

const Clock = Date;
const shifted = (ms) =>
  class extends Clock {
    constructor(...given) {
      super(...(given.length === 0 ? [Clock.now() + ms] : given));
    }
    static now() {
      return Clock.now() + ms;
    }
  };

process.on("message", async ({ file, out, cache, force, fault, clock }) => {
  const said = [];
  const write = process.stderr.write;
  process.stderr.write = (text) => said.push(text) > 0;
  let exitCode = 0;
  globalThis.Date = shifted(clock);
  arm(fault);
  try {
    await runPipelineFile(file, runOptions({ out, cache, force: force === true, lang: "en" }), "lines");
  } catch (error) {
    exitCode = exitCodeOf(error, (text) => said.push(text));
  }
  const operations = disarm();
  globalThis.Date = Clock;
  process.stderr.write = write;
  process.send({ exitCode, stderr: said.join(""), operations });
});
process.on("disconnect", () => process.exit());
process.send("ready");
