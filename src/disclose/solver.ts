import loadHighs, { type Model, type ModelData } from "highs";

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
  readonly lower: readonly number[] | Float64Array;
  readonly upper: readonly number[] | Float64Array;
  /** Whether every variable is a whole number. */
  readonly isWhole: boolean;
  /** In whole numbers: how much worse than the optimum an answer may be, as a share of it; not at all where absent. */
  readonly gap?: number;
}

interface Answer {
  readonly status: string;
  readonly objective: number;
  /** One value a variable; 0 for a variable that stands in no row. */
  readonly values: readonly number[];
}

/** Anything that answers linear programmes; the program uses HiGHS, a test may stand in another. */
export type Solver = (programme: Programme) => Answer;

/** Sets of rows whose models are kept, so that the next question about one goes on from its last answer. */
const MODELS_KEPT = 8;

/**
 * HiGHS in WebAssembly, one thread: the same questions in the same order always have the same answers.
 * Programmes that share their `rows` (the same array) share a model: only bounds and objective are exchanged, and the
 * simplex method goes on from the corner that it found last, and where that comes to no end starts anew. Programmes in
 * whole numbers are solved by themselves.
 */
export async function highsSolver(): Promise<Solver> {
  // The package's types describe its CommonJS file; Node loads its ES module, whose default is the loader itself.
  const highs = await (loadHighs as unknown as typeof loadHighs.default)();
  const models = new Map<Programme["rows"], { readonly model: Model; readonly size: number }>();
  const modelOf = (programme: Programme): Model => {
    const known = models.get(programme.rows);
    models.delete(programme.rows);
    if (known !== undefined && known.size !== programme.lower.length) known.model.dispose();
    const isUsable = known?.size === programme.lower.length;
    const entry = isUsable ? known : { model: highs.createModel(modelData(programme)), size: programme.lower.length };
    if (!isUsable) entry.model.options.set({ output_flag: false, presolve: "off" });
    models.set(programme.rows, entry);
    for (const [rows, { model }] of models) {
      if (models.size <= MODELS_KEPT) break;
      models.delete(rows);
      model.dispose();
    }
    return entry.model;
  };
  const statuses = new Map(Object.entries(highs.constants.modelStatus).map(([name, code]) => [code, name]));
  const answerOf = (model: Model): Answer => {
    model.run();
    return {
      status: statuses.get(model.getModelStatus()) ?? "unknown",
      objective: model.getObjectiveValue(),
      values: Array.from(model.getSolution().colValue),
    };
  };
  const whole = (programme: Programme): Answer =>
    highs.withModel(
      { ...modelData(programme), integrality: new Int32Array(programme.lower.length).fill(1) },
      (model) => {
        model.options.set({ output_flag: false, mip_rel_gap: programme.gap ?? 0, mip_abs_gap: 0 });
        model.changeObjectiveSense(highs.constants.objectiveSense[programme.sense]);
        return answerOf(model);
      },
    );
  const afresh = (programme: Programme): Answer =>
    highs.withModel(modelData(programme), (model) => {
      model.options.set({ output_flag: false });
      model.changeObjectiveSense(highs.constants.objectiveSense[programme.sense]);
      return answerOf(model);
    });
  return (programme) => {
    if (programme.isWhole) return whole(programme);
    const model = modelOf(programme);
    const all = { kind: "range", from: 0, to: programme.lower.length - 1 } as const;
    model.changeColsBounds(all, programme.lower, programme.upper);
    model.changeColsCost(all, costsOf(programme));
    model.changeObjectiveSense(highs.constants.objectiveSense[programme.sense]);
    const answer = answerOf(model);
    return answer.status === "optimal" ? answer : afresh(programme);
  };
}

function costsOf({ objective, lower }: Programme): Float64Array {
  const costs = new Float64Array(lower.length);
  for (const [variable, coefficient] of objective) costs[variable] = (costs[variable] ?? 0) + coefficient;
  return costs;
}

function modelData(programme: Programme): ModelData {
  const { rows, lower, upper } = programme;
  const terms = rows.flatMap((row) => row.terms);
  const starts = new Int32Array(rows.length + 1);
  for (const [r, row] of rows.entries()) starts[r + 1] = (starts[r] ?? 0) + row.terms.length;
  return {
    numCols: lower.length,
    numRows: rows.length,
    colCost: costsOf(programme),
    colLower: lower,
    colUpper: upper,
    rowLower: rows.map((row) => row.lower),
    rowUpper: rows.map((row) => row.upper),
    matrix: {
      format: "csr",
      numRows: rows.length,
      numCols: lower.length,
      starts,
      indices: Int32Array.from(terms, ([variable]) => variable),
      values: Float64Array.from(terms, ([, coefficient]) => coefficient),
    },
  };
}

/**
 * The answer, if it is one. Only `optimal` counts: a solver that stopped early, ran out of time or found nothing has
 * shown nothing to be safe.
 * @throws on every other status, so that nothing is published
 */
export function solved(solver: Solver, programme: Programme): Answer {
  const answer = solver(programme);
  if (answer.status !== "optimal")
    throw new Error(`disclosure control: the solver ended with '${answer.status}'; nothing can be published`);
  return answer;
}
