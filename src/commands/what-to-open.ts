import { relative } from "node:path";
import type { Published } from "../pipeline.ts";

/** The published table and the files to open, for the end of `npm start`. */
export function whatToOpen(published: readonly Published[]): string {
  const path = (to: string): string => relative(process.cwd(), to) || ".";
  const tables = published.flatMap((edition) => (edition.summary === "" ? [] : [edition.summary]));
  const open = published.flatMap((edition) => [
    `  ${edition.title}`,
    ...edition.open.map((target) => `    ${path(target)}`),
  ]);
  return `\n${tables.join("\n")}\nOpen:\n${open.join("\n")}\n`;
}
