import { sqlOf } from "../catalogue/catalogue.ts";
import { FLAT } from "../catalogue/flat.ts";
import type { SqlEngine } from "../engine/engine.ts";
import { type BalanceEntry, balance, balanceWithin } from "../evaluate/balance.ts";
import { designCounts } from "../evaluate/design.ts";
import { type Effect, isBinary, type SeType } from "../evaluate/effect.ts";
import { type ErrorInputs, effectWith } from "../evaluate/effect-errors.ts";
import { effectiveSize } from "../evaluate/effective-size.ts";
import { DEFAULT_VERDICTS } from "../evaluate/evaluation.ts";
import { covariate } from "../evaluate/exact.ts";
import { holmWithin } from "../evaluate/holm.ts";
import type { Patterns } from "../evaluate/patterns.ts";
import { type Heterogeneity, heterogeneity, holmOver, type Levels } from "../evaluate/subgroups.ts";
import { heterogeneityOfFitted } from "../evaluate/subgroups-influence.ts";
import { judge, type Verdict } from "../evaluate/verdicts.ts";
import { UserError } from "../user-error.ts";
import type { TableMatch } from "./match.ts";

/** Effects by the levels of one column: the same match, restricted to each level. */
export interface Subgroups {
  readonly column: string;
  readonly levels: readonly SubgroupLevel[];
  /** The test that all levels have one effect; `pHolm` over the columns asked for. */
  readonly heterogeneity: Heterogeneity & { readonly pHolm: number | null };
}

interface SubgroupLevel extends Pick<Effect, "difference" | "relative" | "riskRatio" | "oddsRatio"> {
  readonly level: string;
  readonly n: { readonly treated: number; readonly matchedTreated: number; readonly matchedControl: number };
  readonly rates: { readonly treated: number | null; readonly control: number | null };
  /** The difference's p-value by Holm, over all levels of all columns asked for. */
  readonly pHolm: number | null;
  /** Of the level's own rows, in standard deviations of all participants. */
  readonly balance: ReadonlyArray<Omit<BalanceEntry, "denominator">>;
  readonly verdicts: readonly Verdict[];
}

/** Columns of more levels than this are refused: there is no telling so many effects apart. */
const MOST_LEVELS = 30;

/**
 * Effects by subgroup with Holm's p-values over the whole family, and a test a column that its levels differ. Errors are
 * those of the effect, but CR1 where that is CR3; the test's are HC3 or clustered by person, with the fit of fitted weights.
 * @throws UserError naming columns of too many levels
 */
export async function subgroupsOf(
  engine: SqlEngine,
  columns: readonly string[],
  error: SeType,
  inputs: ErrorInputs & { readonly match: TableMatch },
): Promise<readonly Subgroups[]> {
  const { sample } = inputs;
  const families = columns.map((column) => ({ column, levels: levelsOf(sample.patterns, column) }));
  const problems = families.flatMap(({ column, levels: { names } }) =>
    names.length > MOST_LEVELS
      ? [`\`${column}\` has ${names.length} values; --subgroups tells at most ${MOST_LEVELS} apart. Band it first`]
      : [],
  );
  if (problems.length > 0) throw new UserError(problems);
  const found = [];
  for (const { column, levels } of families) {
    const persons = sample.recurrence === undefined ? undefined : await personsByLevel(engine, levels);
    found.push({ column, levels, effects: effectsOf(levels, error === "CR3" ? "CR1" : error, inputs, persons) });
  }
  const tests = found.map(({ levels }) => testOf(levels, inputs));
  const adjusted = holmWithin(tests, ({ p }) => p);
  const own = holmOver(found.flatMap(({ effects }) => effects));
  const whole = columns.length === 0 ? [] : balance(sample.patterns, sample.weights);
  let level = 0;
  return found.map(({ column, levels, effects }, c) => ({
    column,
    levels: effects.map((effect, k) => levelOf(levels, k, effect, { ...inputs, whole }, own[level++] ?? null)),
    heterogeneity: { ...(tests[c] as Heterogeneity), pHolm: adjusted[c]?.p ?? null },
  }));
}

function levelsOf(patterns: Patterns, column: string): Levels {
  const found = covariate(patterns, column);
  if (found.kind === "categorical") return { names: found.levels, of: found.codes };
  const values = [...new Set(found.values)].sort((a, b) => a - b);
  const places = new Map(values.map((value, k) => [value, k]));
  return { names: values.map(String), of: Int32Array.from(found.values, (value) => places.get(value) ?? -1) };
}

async function personsByLevel(engine: SqlEngine, levels: Levels): Promise<readonly number[]> {
  const rows = await engine.rows(sqlOf(FLAT.persons_by_level), { levels: levels.of.join(",") });
  return levels.names.map((_, k) => Number(rows.find((row) => Number(row.level) === k)?.persons ?? 0));
}

function effectsOf(
  levels: Levels,
  error: SeType,
  inputs: ErrorInputs,
  persons: readonly number[] | undefined,
): readonly Effect[] {
  const { patterns, weights, recurrence } = inputs.sample;
  return levels.names.map((_, k) => {
    const within = withinOf(levels, k);
    const count = persons?.[k];
    const effective = effectiveSize(patterns, weights, recurrence, within);
    const settings = { within, effective, ...(count === undefined ? {} : { persons: count }) };
    return effectWith(error, { ...inputs, settings });
  });
}

const withinOf = ({ of }: Levels, k: number): Uint8Array => Uint8Array.from(of, (at) => (at === k ? 1 : 0));

function testOf(levels: Levels, { sample, match, settings }: ErrorInputs): Heterogeneity {
  if (match.influences !== undefined) return heterogeneityOfFitted(sample, levels, match.influences);
  return heterogeneity(sample, levels, settings.persons === undefined ? {} : { persons: settings.persons });
}

function levelOf(
  levels: Levels,
  k: number,
  effect: Effect,
  { sample, match, whole }: ErrorInputs & { readonly whole: readonly BalanceEntry[] },
  pHolm: number | null,
): SubgroupLevel {
  const within = withinOf(levels, k);
  const counts = designCounts(sample.patterns, match.design, within);
  const entries = balanceWithin(sample.patterns, sample.weights, within, whole);
  const { rates, difference, relative, riskRatio, oddsRatio } = effect;
  const placements = isBinary(sample) ? { sums: effect.sums, rows: effect.rows } : null;
  const asked = judge(
    { minimumPlacements: DEFAULT_VERDICTS.minimumPlacements ?? 0 },
    {
      participants: counts.rows.treated,
      matchedParticipants: counts.matched.treated,
      maxSmd: null,
      persons: counts.matched,
      placements,
      essControlPersons: null,
    },
  );
  return {
    level: levels.names[k] ?? "",
    n: {
      treated: counts.rows.treated,
      matchedTreated: counts.matched.treated,
      matchedControl: counts.matched.control,
    },
    rates: { treated: rates.treated.estimate, control: rates.control.estimate },
    difference,
    relative,
    riskRatio,
    oddsRatio,
    pHolm,
    balance: entries.map(({ denominator: _, ...entry }) => entry),
    verdicts: [...effect.verdicts, ...asked],
  };
}
