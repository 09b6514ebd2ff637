import { type Contract, type ReadAt, settle } from "../evaluate/payment.ts";
import { periodOf } from "../impact/analysis.ts";
import type { Check } from "./check.ts";
import type { Lookup } from "./lookup.ts";
import type { MetricRow } from "./metric-rows.ts";
import type { Pack } from "./pack.ts";
import { protocolIn } from "./protocol.ts";
import { given, heldAgainst, type Rule } from "./rules.ts";

/** The contract's reading, band, amount and return follow from the published effect that it reads. */
export const paymentCheck: Check = {
  name: "payment",
  title: "the payment is the contract applied to the effect",
  applies: (pack) => termsOf(pack) !== undefined && pack.rows.some(({ metric }) => metric.startsWith("payment_")),
  run: (pack) => {
    const terms = termsOf(pack);
    return terms === undefined ? { compared: 0, unequal: [] } : heldAgainst(rulesOf(terms), pack.rows);
  },
};

/** The contract, and what of the evaluation says how it is read. */
interface Terms {
  readonly contract: Contract;
  readonly evaluation: {
    readonly cohorts: { readonly years: readonly number[] };
    readonly payment?: { readonly override?: unknown };
  };
}

function termsOf(pack: Pack): Terms | undefined {
  const protocol = protocolIn(pack);
  const isPaid =
    typeof protocol === "object" && protocol !== null && "contract" in protocol && "evaluation" in protocol;
  return isPaid ? (protocol as unknown as Terms) : undefined;
}

type Settled = ReturnType<typeof settle>;

function rulesOf(terms: Terms): readonly Rule[] {
  const { contract } = terms;
  const rule = (metric: string, field: Rule["field"], of: (settled: Settled, at: ReadAt) => number | null): Rule => ({
    metric,
    field,
    says: "the contract",
    from: (row, lookup) => settledAt(terms, row, lookup, of),
  });
  const allowed: Rule = {
    metric: "payment_allowed",
    field: "value",
    says: "every verdict of the effect, or the evaluator's override,",
    from: (_, { rows }) => mayPay(terms, rows),
  };
  return [
    allowed,
    rule("payment_reading", "value", ({ point }) => share(point.reading)),
    rule("payment_reading", "lower", ({ lower }) => share(lower.reading)),
    rule("payment_reading", "upper", ({ upper }) => share(upper.reading)),
    rule("payment_band", "value", ({ point }, at) => rank(contract, at, point)),
    rule("payment_band", "lower", ({ lower }, at) => rank(contract, at, lower)),
    rule("payment_band", "upper", ({ upper }, at) => rank(contract, at, upper)),
    rule("payment_amount", "value", ({ point }) => (point.kind === "payment" ? point.amount : null)),
    rule("payment_amount", "lower", ({ least }) => least),
    rule("payment_amount", "upper", ({ most }) => most),
    rule("payment_return", "value", ({ point }) => (point.kind === "payment" ? point.irr : null)),
    rule("payment_return", "lower", ({ leastIrr }) => leastIrr),
    rule("payment_return", "upper", ({ mostIrr }) => mostIrr),
  ];
}

const EFFECTS = { difference: "effect_difference", "relative-uplift": "effect_relative" } as const;

/** What the contract says of the effect at the row's place; null where the effect isn't shown. */
function settledAt(
  { contract, evaluation }: Terms,
  row: MetricRow,
  { at }: Lookup,
  of: (settled: Settled, at: ReadAt) => number | null,
): number | null {
  const effect = at(row, { metric: EFFECTS[contract.metric.kind] });
  if (effect === undefined) return null;
  return given([effect.value, effect.lower, effect.upper], (estimate, lower, upper) => {
    const read = row.period === periodOf(evaluation.cohorts.years) ? "pooled" : "cohort";
    return of(settle(contract, read, { estimate, lower, upper }), read) ?? Number.NaN;
  });
}

function mayPay({ contract, evaluation }: Terms, rows: readonly MetricRow[]): number | null {
  if (evaluation.payment?.override !== undefined) return 1;
  const verdicts = rows.filter(
    ({ metric, level, definition }) =>
      metric === "verdict_passed" && (level === "placebo" || definition === contract.metric.definition),
  );
  return verdicts.some(({ value }) => value === 0) ? 0 : 1;
}

const share = (percent: number | null): number | null =>
  percent === null ? null : Number((percent / 100).toPrecision(12));

/** The band's place in the contract, 1 the first; 0 where the threshold isn't reached. */
function rank(contract: Contract, at: ReadAt, payment: Settled["point"]): number | null {
  if (payment.kind === "undefined") return null;
  return (contract.bands[at] ?? []).findIndex(({ name }) => name === payment.band) + 1;
}
