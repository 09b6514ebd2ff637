import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const REGISTER = "data-sample/actiris-2018";

/** Keeps one part of the register's persons, by their numbers; the parts of all make up the whole. */
export function keepPartOfRegister(project: string, part: number, parts: number): void {
  for (const name of ["chercheurs", "inscriptions", "emplois"]) {
    const file = join(project, REGISTER, `${name}.csv`);
    const text = readFileSync(file, "latin1");
    const end = text.includes("\r\n") ? "\r\n" : "\n";
    const [header = "", ...lines] = text.trimEnd().split(end);
    const kept = lines.filter((line) => partOf(line.split(";")[0] ?? "", parts) === part);
    if (kept.length === 0) throw new Error(`${file}: no line is kept`);
    writeFileSync(file, `${[header, ...kept].join(end)}${end}`, "latin1");
  }
}

const partOf = (number: string, parts: number): number =>
  [...number].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 1009, 7) % parts;
