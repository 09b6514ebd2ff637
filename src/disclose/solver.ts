import loadHighs from "highs";

/** One row: lower <= sum of coefficient * variable <= upper; an infinite side is left out. */
export interface Row {
  readonly terms: ReadonlyArray<readonly [variable: number, coefficient: number]>;
  readonly lower: number;
  readonly upper: number;
}

/** A linear programme over variables 0, 1, ..., each with finite bounds. */
export interface Programme {
  readonly sense: "minimize" | "maximize";
  readonly objective: Row["terms"];
  readonly rows: readonly Row[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Whether every variable is a whole number. */
  readonly isWhole: boolean;
}

export interface Answer {
  readonly status: string;
  readonly objective: number;
  /** One value a variable; 0 for a variable that stands in no row. */
  readonly values: readonly number[];
}

/** Anything that answers linear programmes; the program uses HiGHS, a test may stand in another. */
export type Solver = (programme: Programme) => Answer;

/** HiGHS in WebAssembly, one thread: the same programme always has the same answer, so each is solved once. */
export async function highsSolver(): Promise<Solver> {
  // The package's types describe its CommonJS file; Node loads its ES module, whose default is the loader itself.
  const highs = await (loadHighs as unknown as typeof loadHighs.default)();
  const answers = new Map<string, Answer>();
  return (programme) => {
    const text = lpText(programme);
    const known = answers.get(text);
    if (known !== undefined) return known;
    const solution = highs.solve(text, { output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0 });
    const values = programme.lower.map((_, i) => {
      const column: unknown = solution.Columns[`x${i}`];
      return typeof column === "object" && column !== null && "Primal" in column ? Number(column.Primal) : 0;
    });
    const answer = { status: solution.Status, objective: solution.ObjectiveValue, values };
    answers.set(text, answer);
    return answer;
  };
}

/**
 * The answer, if it is one. Only `Optimal` counts: a solver that stopped early, ran out of time or found nothing has
 * shown nothing to be safe.
 * @throws on every other status, so that nothing is published
 */
export function solved(solver: Solver, programme: Programme): Answer {
  const answer = solver(programme);
  if (answer.status !== "Optimal")
    throw new Error(`disclosure control: the solver ended with '${answer.status}'; nothing can be published`);
  return answer;
}

/** CPLEX LP format, one term a line, so that no line grows too long for the reader. */
function lpText({ sense, objective, rows, lower, upper, isWhole }: Programme): string {
  const sum = (terms: Row["terms"]): string =>
    terms.map(([i, coefficient]) => `${coefficient < 0 ? "-" : "+"} ${Math.abs(coefficient)} x${i}`).join("\n");
  const constraints = rows.flatMap((row, i) => {
    if (row.lower === row.upper) return [`e${i}: ${sum(row.terms)} = ${row.lower}`];
    const least = Number.isFinite(row.lower) ? [`l${i}: ${sum(row.terms)} >= ${row.lower}`] : [];
    return Number.isFinite(row.upper) ? [...least, `u${i}: ${sum(row.terms)} <= ${row.upper}`] : least;
  });
  const used = [...new Set([objective, ...rows.map(({ terms }) => terms)].flatMap((terms) => terms.map(([i]) => i)))];
  const bounds = used.map((i) => `${lower[i]} <= x${i} <= ${upper[i]}`);
  const whole = isWhole ? ["General", ...used.map((i) => `x${i}`)] : [];
  return [sense, `o: ${sum(objective)}`, "Subject To", ...constraints, "Bounds", ...bounds, ...whole, "End"].join("\n");
}
