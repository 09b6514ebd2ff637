import type { Finding } from "../disclose/finding.ts";
import { type Contract, type Payment, type ReadAt, readingOf, settle } from "../evaluate/payment.ts";
import type { ContractFile } from "../protocol/contract.ts";
import { UserError } from "../user-error.ts";
import type { PlacedEffect } from "./analysis.ts";
import { type FindingContext, findingOf } from "./finding-of.ts";

/** Whether anything may be paid: what failed, and whether the evaluator recorded an override. */
interface PaymentGate {
  readonly failedVerdicts: readonly string[];
  readonly overridden: boolean;
}

/**
 * What the contract pays: reading, band, amount and rate of return at the estimate; least and most over the whole
 * interval as the amount's limits. A failed verdict without override pays nothing and computes no amount.
 * Every value shares the cell of the effect that it is read from, and is hidden with it.
 * @throws UserError with the contract's line where it says nothing of the reading
 */
export function paymentFindings(
  file: ContractFile,
  effects: readonly PlacedEffect[],
  gate: PaymentGate,
  context: FindingContext,
): readonly Finding[] {
  const { contract } = file;
  const { definition, after } = contract.metric;
  const own = effects.filter(
    (effect) => effect.definition === definition && effect.after === after && effect.dimension === "total",
  );
  const pays = gate.failedVerdicts.length === 0 || gate.overridden;
  return (["cohort", "pooled"] as const).flatMap((at) => {
    if (contract.bands[at] === undefined) return [];
    const read = own.filter(({ period }) => (period === context.pooled) === (at === "pooled"));
    return read.flatMap((effect) => [
      allowed(effect, pays, context),
      ...(pays ? amounts(file, at, effect, context) : []),
    ]);
  });
}

function allowed(effect: PlacedEffect, pays: boolean, context: FindingContext): Finding {
  return findingOf(effect, context, {
    metric: "payment_allowed",
    period: effect.period,
    unit: "ratio",
    value: pays ? 1 : 0,
    cell: { kind: "verdict", numerator: null, base: null },
  });
}

function amounts(file: ContractFile, at: ReadAt, effect: PlacedEffect, context: FindingContext): readonly Finding[] {
  const { contract } = file;
  const metric = contract.metric.kind === "difference" ? effect.effect.difference : effect.effect.relative;
  const { point, lower, upper, least, most, leastIrr, mostIrr } = settle(contract, at, metric);
  if (point.kind === "undefined") throw undefinedReading(file, at, effect, point);
  const base = effect.participants.persons + effect.controls.persons;
  const finding = (
    metricCode: string,
    unit: Finding["unit"],
    value: Parameters<typeof findingOf>[2]["value"],
  ): Finding =>
    findingOf(effect, context, {
      metric: metricCode,
      period: effect.period,
      unit,
      value,
      n: base,
      cell: { kind: "payment", numerator: null, base },
    });
  const reading = (limit: number | null): number | null => {
    const percent = readingOf(contract, limit);
    return percent === null ? null : Number((percent / 100).toPrecision(12));
  };
  const limits = [reading(metric.lower), reading(metric.upper)].toSorted((a, b) => (a ?? 0) - (b ?? 0));
  const rank = (payment: Payment): number | null => (payment.kind === "payment" ? rankOf(contract, at, payment) : null);
  return [
    finding("payment_reading", "proportion", {
      estimate: reading(metric.estimate),
      lower: limits[0] ?? null,
      upper: limits[1] ?? null,
    }),
    finding("payment_band", "rank", { estimate: rank(point), lower: rank(lower), upper: rank(upper) }),
    finding("payment_amount", "euro", { estimate: point.amount, lower: least, upper: most }),
    finding("payment_return", "proportion", { estimate: point.irr, lower: leastIrr, upper: mostIrr }),
  ];
}

/** The band's place in the contract, 1 the first; 0 where the threshold isn't reached. */
const rankOf = (contract: Contract, at: ReadAt, { band }: { readonly band: string }): number =>
  (contract.bands[at] ?? []).findIndex(({ name }) => name === band) + 1;

const REASONS: Readonly<Record<Extract<Payment, { kind: "undefined" }>["reason"], string>> = {
  "no-metric": "the metric could not be computed",
  "no-band": "lies in no band",
  "several-bands": "lies in several bands",
  "no-rate": "lies in a band whose premium says nothing there",
  "no-years": "needs the years between the contract's dates, which are none",
};

/** A result on which the contract is silent is for its parties to settle, never for the software. */
function undefinedReading(
  { contract, file, lineOf }: ContractFile,
  at: ReadAt,
  effect: PlacedEffect,
  { reading, reason }: Extract<Payment, { kind: "undefined" }>,
): UserError {
  const bands = contract.bands[at] ?? [];
  const above = bands.findIndex(({ from, above: over }) => (from ?? over ?? Number.NEGATIVE_INFINITY) > (reading ?? 0));
  const line = lineOf(["bands", at, ...(above < 0 ? [] : [above])]);
  const what = reading === null ? "" : ` ${reading} %`;
  return new UserError(
    `${file}:${line}: bands.${at}: the result of ${effect.period}${what} ${REASONS[reason]}; the contract defines no payment for it. Have its parties settle this, then write the band.`,
  );
}
