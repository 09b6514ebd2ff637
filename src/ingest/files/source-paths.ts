import type { SourceMapping } from "../mapping/mapping.ts";
import type { Questionnaires } from "../surveys/questionnaires.ts";
import { findFiles } from "./project-files.ts";

/** Every file that reading the sources would open, relative to the project folder, sorted; what is missing is left out. */
export function sourcePaths(
  projectFolder: string,
  sources: readonly SourceMapping[],
  questionnaires: Questionnaires | undefined,
): readonly string[] {
  const patterns = [
    ...sources.flatMap(({ tables }) => tables.map(({ files }) => files)),
    ...(questionnaires?.codebook.exports.map(({ files }) => files) ?? []),
  ];
  return [...new Set(patterns.flatMap((pattern) => findFiles(projectFolder, pattern).paths))].sort();
}
