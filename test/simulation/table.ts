import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fits } from "./bands.ts";
import { EXPECTATIONS, type Expected } from "./expectations.ts";

/** One line of coverage.csv, as far as expectations read it. */
export interface Line {
  readonly world: string;
  readonly method: string;
  readonly error: string;
  readonly truth: string;
  readonly replicates: number;
  readonly unanswered: number;
  readonly covered: number;
}

export function readLines(text: string): Line[] {
  const [head = "", ...rest] = text.trimEnd().split("\n");
  const columns = head.split(",");
  return rest.map((line) => {
    const cells = line.split(",");
    const of = (name: string) => cells[columns.indexOf(name)] ?? "";
    return {
      world: of("world"),
      method: of("method"),
      error: of("error"),
      truth: of("truth"),
      replicates: Number(of("replicates")),
      unanswered: Number(of("unanswered")),
      covered: Number(of("covered")),
    };
  });
}

export const committed = (): Line[] => readLines(readFileSync(join(import.meta.dirname, "coverage.csv"), "utf8"));

/** What contradicts the expectations, in words; a line that is expected and missing does too. */
export function contradictions(lines: readonly Line[], expectations: readonly Expected[] = EXPECTATIONS): string[] {
  return expectations.flatMap(({ worlds, method, error, truths, expected }) =>
    worlds.flatMap((world) =>
      truths.flatMap((truth) => {
        const name = `${world}, ${method} ${error}, ${truth}`;
        const line = lines.find(
          (l) => l.world === world && l.method === method && l.error === error && l.truth === truth,
        );
        if (line === undefined) return [`${name}: not simulated`];
        const answered = line.replicates - line.unanswered;
        if (fits(expected, line.covered, answered)) return [];
        return [`${name}: expected ${expected}, covered ${((100 * line.covered) / answered).toFixed(1)} %`];
      }),
    ),
  );
}
