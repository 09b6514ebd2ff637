import { holm } from "../evaluate/holm.ts";
import { twoSidedP, Z95 } from "../evaluate/normal.ts";
import { eValue } from "../evaluate/sensitivity-bounds.ts";
import type { Check } from "./check.ts";
import type { Lookup } from "./lookup.ts";
import type { MetricRow } from "./metric-rows.ts";
import type { Pack } from "./pack.ts";
import { protocolIn, roundingIn } from "./protocol.ts";
import { given, heldAgainst, type Rule } from "./rules.ts";

/** Differences, ratios, limits and p-values follow from the rates and the standard error that are published beside them. */
export const effectsCheck: Check = {
  name: "effects",
  title: "differences, uplifts, ratios, limits and p-values follow from rates and errors",
  applies: ({ rows }) => rows.some(({ metric }) => metric === "effect_difference"),
  run: (pack) => {
    const isCounted = weighsEqually(pack) && roundingIn(pack) === null;
    return heldAgainst(isCounted ? [...RULES, RATE_OF_PLACEMENTS] : RULES, pack.rows);
  },
};

/** Participants count for one each: then their rate is a share of persons. */
function weighsEqually(pack: Pack): boolean {
  const { matching } =
    (protocolIn(pack) as { evaluation?: { matching?: { method?: string } } } | undefined)?.evaluation ?? {};
  return matching?.method === "exact" || matching?.method === "cem";
}

const PARTICIPANTS = "participants";
const CONTROLS = "controls";

const armOf = (metric: string, arm: string) => (row: MetricRow, lookup: Lookup) =>
  lookup.at(row, { metric, arm })?.value;
const treated = armOf("placement_rate", PARTICIPANTS);
const control = armOf("placement_rate", CONTROLS);
const beside = (row: MetricRow, { at }: Lookup, metric: string): MetricRow | undefined => at(row, { metric });

const ofRates =
  (fn: (t: number, c: number) => number): Rule["from"] =>
  (row, lookup) =>
    given([treated(row, lookup), control(row, lookup)], fn);

/** A difference of two arms that is published under a name of its own. */
const differenceOf = (metric: string, of: string, within?: number): Rule => ({
  metric,
  field: "value",
  says: "participants' value less the controls'",
  from: (row, lookup) =>
    given([armOf(of, PARTICIPANTS)(row, lookup), armOf(of, CONTROLS)(row, lookup)], (t, c) => t - c),
  ...(within === undefined ? {} : { within }),
});

const limitOf = (field: "lower" | "upper", side: number): Rule => ({
  metric: "effect_difference",
  field,
  says: "the difference and 1.96 standard errors",
  from: (row, lookup) =>
    given([row.value, beside(row, lookup, "effect_standard_error")?.value], (value, se) => value + side * Z95 * se),
});

/** Intervals on the log scale: the estimate is the geometric mean of its limits. */
const geometric = (metric: string): Rule => ({
  metric,
  field: "upper",
  says: "estimate squared over the lower limit",
  from: ({ value, lower }) => given([value, lower], (estimate, low) => estimate ** 2 / low),
});

const upliftOf = (field: Rule["field"]): Rule => ({
  metric: "effect_relative",
  field,
  says: "risk ratio less 1",
  from: (row, lookup) => given([beside(row, lookup, "effect_risk_ratio")?.[field]], (ratio) => ratio - 1),
});

const RULES: readonly Rule[] = [
  differenceOf("effect_difference", "placement_rate"),
  limitOf("lower", -1),
  limitOf("upper", 1),
  {
    metric: "effect_relative",
    field: "value",
    says: "difference over the controls' rate",
    from: ofRates((t, c) => t / c - 1),
  },
  upliftOf("lower"),
  upliftOf("upper"),
  {
    metric: "effect_risk_ratio",
    field: "value",
    says: "participants' rate over the controls'",
    from: ofRates((t, c) => t / c),
  },
  geometric("effect_risk_ratio"),
  {
    metric: "effect_odds_ratio",
    field: "value",
    says: "participants' odds over the controls'",
    from: ofRates((t, c) => (t / (1 - t)) * ((1 - c) / c)),
  },
  geometric("effect_odds_ratio"),
  {
    metric: "effect_p_value",
    field: "value",
    says: "difference over standard error",
    from: (row, lookup) =>
      given(
        [beside(row, lookup, "effect_difference")?.value, beside(row, lookup, "effect_standard_error")?.value],
        (difference, se) => twoSidedP(difference / se),
      ),
  },
  { metric: "effect_p_value_holm", field: "value", says: "Holm's step over all levels", from: adjusted },
  { metric: "e_value", field: "value", says: "the risk ratio", from: (row, lookup) => eValueOf(row, lookup, "point") },
  {
    metric: "e_value_limit",
    field: "value",
    says: "the risk ratio's nearer limit",
    from: (row, lookup) => eValueOf(row, lookup, "limit"),
  },
  differenceOf("placed_by_month_difference", "placed_by_month"),
  differenceOf("placebo_difference", "placebo_rate"),
  differenceOf("placebo_difference", "placebo_days"),
];

const RATE_OF_PLACEMENTS: Rule = {
  metric: "placements",
  field: "value",
  says: "participants' rate times their number",
  from: (row, lookup) => given([treated(row, lookup), row.n], (rate, n) => rate * n),
};

function eValueOf(row: MetricRow, lookup: Lookup, part: "point" | "limit"): number | null {
  const ratio = beside(row, lookup, "effect_risk_ratio");
  return ratio === undefined ? null : (eValue(ratio.value, ratio)?.[part] ?? null);
}

/** Over every subgroup level of one outcome, where all of their p-values are shown. */
function adjusted(row: MetricRow, { rows, at }: Lookup): number | null {
  const family = rows.filter(
    (other) =>
      other.metric === row.metric &&
      other.region === row.region &&
      other.period === row.period &&
      other.definition === row.definition &&
      other.window === row.window,
  );
  const tested = family.map((other) => at(other, { metric: "effect_p_value" })?.value ?? null);
  const shown = tested.flatMap((p) => p ?? []);
  return shown.length < tested.length ? null : (holm(shown)[family.indexOf(row)] ?? null);
}
