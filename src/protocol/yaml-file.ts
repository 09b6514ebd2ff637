import { isUtf8 } from "node:buffer";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { type Document, LineCounter, parseDocument, type YAMLParseError } from "yaml";
import type { z } from "zod";
import { schemaProblem } from "../schema-problem.ts";
import { UserError } from "../user-error.ts";

/**
 * The text of a YAML file.
 * @param shown its name in messages
 * @throws UserError where it isn't UTF-8, with the first line that isn't: letters would be lost in every report
 */
export function yamlText(path: string, shown = path): string {
  const bytes = readFileSync(path);
  if (isUtf8(bytes) && !bytes.includes(0)) return bytes.toString("utf8");
  const stray = bytes.includes(0) ? -1 : bytes.toString("latin1").split("\n").findIndex(isNotUtf8);
  throw new UserError(`${shown}${stray < 0 ? "" : `:${stray + 1}`} is not text in UTF-8; save it with that encoding`);
}

const isNotUtf8 = (line: string): boolean => !isUtf8(Buffer.from(line, "latin1"));

/** The YAML files of a folder, without their ending. */
export const yamlNames = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".yaml"))
        .map((name) => basename(name, ".yaml"))
        .sort()
    : [];

/**
 * Parses a YAML text against a schema.
 * @throws UserError with every problem at once, each as `file:line: path: what is wrong`
 */
export function parseYaml<T extends z.ZodType>(file: string, text: string, schema: T): z.infer<T> {
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines, schema: "core" });
  // an indent that doesn't fit shifts all that stands below it
  const wrong = parsed.errors.filter(({ code }, i) => i === 0 || code !== "BAD_INDENT");
  if (wrong.length > 0) throw new UserError(wrong.map((error) => syntaxProblem(file, error)));
  const checked = schema.safeParse(parsed.toJS({ maxAliasCount: 100 }), { error: schemaProblem });
  if (checked.success) return checked.data;
  throw new UserError(
    checked.error.issues.map(
      ({ path, message }) => `${file}:${lineAt(parsed, lines, path)}: ${path.join(".") || "the file"}: ${message}`,
    ),
  );
}

/** What isn't YAML, at its line as other problems are, with what stands there. */
function syntaxProblem(file: string, { message, linePos }: YAMLParseError): string {
  const [said = "", , ...excerpt] = message.split("\n");
  const shown = excerpt[excerpt.findIndex((line) => /^\s*\^+$/.test(line)) - 1] ?? excerpt[0];
  const at = linePos === undefined ? "" : `:${linePos[0].line}`;
  const there = shown === undefined ? "" : `: '${shown.trim()}'`;
  return `${file}${at}: ${said.replace(/ at line \d+, column \d+:?$/, "")}${there}`;
}

/** The line (from 1) on which what `path` names begins in a YAML text; that of its nearest parent where it is absent. */
export function lineIn(text: string, path: readonly (string | number)[]): number {
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines, schema: "core" });
  return lineAt(parsed, lines, path);
}

function lineAt(parsed: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = parsed.getIn(path.slice(0, depth), true);
    if (typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range))
      return lines.linePos(Number(node.range[0])).line;
  }
  return 1;
}
