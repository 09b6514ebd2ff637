import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageRoot } from "../../src/package-root.ts";
import { temporaryFolder } from "./cli.ts";

const PROGRAMME = "data-sample/programme";
const REGISTER = "data-sample/actiris-2018";
/** One duo, mentor and jobseeker in so many is kept. */
const DUOS = 2;
const JOBSEEKERS = 12;

/**
 * A project of its own, small enough to be run in seconds: the bond's evaluation without its alternatives, on some of
 * the sample's duos of 2014 to 2016, their mentees and mentors, and some of the register's jobseekers.
 */
export function smallProject(): string {
  const folder = temporaryFolder("small");
  cpSync(join(packageRoot(), "pipelines"), join(folder, "pipelines"), { recursive: true });
  const keep = (file: string, encoding: "utf8" | "latin1", isKept: (cells: readonly string[], i: number) => boolean) =>
    keepLines(folder, file, encoding, isKept);
  keep(`${PROGRAMME}/branches.csv`, "utf8", () => true);
  const duos = keep(
    `${PROGRAMME}/duos.csv`,
    "utf8",
    ([, , , branch = "", , , , signed = ""], i) =>
      branch.startsWith("SYN-BRU") && signed >= "2014" && signed < "2017" && i % DUOS === 0,
  );
  const of = (column: number) => new Set(duos.map((cells) => cells[column]));
  const [mentees, mentors] = [of(1), of(2)];
  const kept = keep(`${PROGRAMME}/mentees.csv`, "utf8", ([mentee]) => mentees.has(mentee));
  keep(`${PROGRAMME}/mentors.csv`, "utf8", ([mentor]) => mentors.has(mentor));
  const numbers = new Set(kept.map((cells) => cells[2]));
  for (const name of ["chercheurs", "inscriptions", "emplois"])
    keep(
      `${REGISTER}/${name}.csv`,
      "latin1",
      ([number = ""]) => numbers.has(number) || Number(number.slice(-7)) % JOBSEEKERS === 0,
    );
  withoutAlternatives(join(folder, "pipelines", "sib-evaluation.yaml"));
  return folder;
}

/** Copies the header and the lines that are kept, and gives the cells of these. */
function keepLines(
  folder: string,
  file: string,
  encoding: "utf8" | "latin1",
  isKept: (cells: readonly string[], i: number) => boolean,
): readonly (readonly string[])[] {
  const separator = encoding === "latin1" ? ";" : ",";
  const text = readFileSync(join(packageRoot(), file), encoding);
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const [header = "", ...lines] = text.trimEnd().split(lineEnd);
  const kept = lines.filter((line, i) => isKept(line.split(separator), i));
  if (kept.length === 0) throw new Error(`${file}: no line is kept`);
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${[header, ...kept].join(lineEnd)}${lineEnd}`, encoding);
  return kept.map((line) => line.split(separator));
}

function withoutAlternatives(file: string): void {
  const text = readFileSync(file, "utf8");
  const without = text.replace(/^ {2}sensitivity:[\s\S]*?(?=^ {2}balance:)/m, "");
  if (without === text) throw new Error(`${file} has no alternatives`);
  writeFileSync(file, without);
}
