import { type Document, LineCounter, parseDocument, type YAMLParseError } from "yaml";
import type { z } from "zod";
import { schemaProblem } from "../schema-problem.ts";
import { UserError } from "../user-error.ts";

/**
 * Parses a YAML text against a schema.
 * @throws UserError with every problem at once, each as `file:line: path: what is wrong`
 */
export function parseYaml<T extends z.ZodType>(file: string, text: string, schema: T): z.infer<T> {
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines, schema: "core" });
  if (parsed.errors.length > 0) throw new UserError(parsed.errors.map((error) => syntaxProblem(file, error)));
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
  const [said = "", , shown] = message.split("\n");
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
