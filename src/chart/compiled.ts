import type { Spec } from "vega";
import type { ChartSpec } from "./chart.ts";

/** Compiled specifications by what they are without their rows, as text with a place for each set of rows. */
const compiled = new Map<string, string>();
/** Compiled specifications kept at a time: more than one edition asks for. */
const MOST = 300;

/**
 * The Vega specification of a chart, compiled once for all charts that differ in their rows alone, since compiling is half
 * of drawing and never looks at a row. Rows are new objects each time: Vega writes a symbol into those it is given.
 * @param compile of a specification whose rows are stand-ins
 */
export function vegaOf(spec: ChartSpec, compile: (shape: object) => Spec): Spec {
  const rows = new Map<string, number>();
  const shape = JSON.stringify(spec, (key, value: unknown) => (key === "data" ? withStandIn(value, rows) : value));
  const text = compiled.get(shape) ?? JSON.stringify(compile(JSON.parse(shape) as object));
  compiled.delete(shape);
  compiled.set(shape, text);
  const [oldest] = compiled.keys();
  if (compiled.size > MOST && oldest !== undefined) compiled.delete(oldest);
  const sets = [...rows.keys()];
  return JSON.parse(text.replace(STAND_IN, (_, number: string) => sets[Number(number)] ?? "[]")) as Spec;
}

/** No text inside a specification reads so, since its quotation marks are escaped. */
const STAND_IN = /\[\{"rows":(\d+)\}\]/g;

/** Equal rows have one stand-in: the compiler makes one source of them. */
function withStandIn(data: unknown, rows: Map<string, number>): unknown {
  if (typeof data !== "object" || data === null || !("values" in data) || !Array.isArray(data.values)) return data;
  const text = JSON.stringify(data.values);
  const number = rows.get(text) ?? rows.size;
  rows.set(text, number);
  return { ...data, values: [{ rows: number }] };
}
