import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tinyProject } from "./tiny-project.ts";

/** Settings that make metrics of a kind that others make too. */
const LEFT_OUT: readonly (readonly [RegExp, string])[] = [
  [/^ {2}secondary:\n(?: {4}- .*\n)+/m, ""],
  [/^ {2}curves:.*\n/m, ""],
  [/(subgroups: \{by: )\[.*?\]/, "$1[qualification]"],
];

/** The tiny project with one outcome, subgroups by one covariate and no curves: for how a run is operated, whatever it tells. */
export function bareProject(): string {
  const folder = tinyProject();
  const file = join(folder, "pipelines", "sib-evaluation.yaml");
  let text = readFileSync(file, "utf8");
  for (const [setting, less] of LEFT_OUT) {
    if (!setting.test(text)) throw new Error(`${file} lacks ${setting}`);
    text = text.replace(setting, less);
  }
  writeFileSync(file, text);
  return folder;
}
