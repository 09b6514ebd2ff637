import { type DayCount, yearsBetween } from "./day-count.ts";

/** What a contract reads its bands at. */
export type ReadAt = "cohort" | "pooled";

/** An outcomes contract as data. All bounds and rates are in per cent (percentage points for a difference). */
export interface Contract {
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly metric: {
    /** Participants' rate minus controls', or that difference over the controls' rate. */
    readonly kind: "difference" | "relative-uplift";
    /** Placement definition, by its code. */
    readonly definition: string;
    /** Months after the index date at which the window opens, and its length. */
    readonly after: number;
    readonly months: number;
  };
  /** Whether more of the outcome is better, or less: then the reading is the reduction. */
  readonly direction: "increase" | "decrease";
  readonly rounding: Rounding;
  /** A reading under it pays nothing, whatever its band. */
  readonly threshold?: number | undefined;
  readonly bands: Readonly<Partial<Record<ReadAt, readonly Band[] | undefined>>>;
  /** The most that is ever paid, in the currency. */
  readonly cap?: number | undefined;
  /** What the investors put in. */
  readonly principal: number;
  /** Days on which the principal is put in and on which the outcome is paid. */
  readonly dates: { readonly invested: string; readonly repaid: string };
  readonly dayCount: DayCount;
}

/** How a reading is rounded before the bands are read: to so many decimals of a per cent. */
interface Rounding {
  /** `half-up` takes halves away from zero, `half-even` to the even digit, `truncate` towards zero. */
  readonly mode: "none" | "half-up" | "half-even" | "truncate";
  readonly decimals: number;
}

/** Readings that pay alike. `from` and `to` belong to the band, `above` and `below` don't; none of a side: no end. */
export interface Band {
  readonly name: string;
  readonly from?: number | undefined;
  readonly above?: number | undefined;
  readonly to?: number | undefined;
  readonly below?: number | undefined;
  readonly pays: Pays;
}

/** What a band pays: nothing (the investors lose), the principal or a share of it, or the principal and a premium. */
export type Pays =
  | { readonly kind: "nothing" }
  | { readonly kind: "principal"; readonly share?: number | undefined }
  | { readonly kind: "premium"; readonly premium: Premium };

/**
 * A premium's rate by reading: the same for all, linear between points, or that of the last step reached.
 * `compound` and `simple` rates are a year's, over the time between the contract's dates; `once` is of the whole term.
 */
export type Premium = { readonly accrual: "compound" | "simple" | "once" } & (
  | { readonly shape: "flat"; readonly rate: number }
  | { readonly shape: "linear"; readonly points: readonly { readonly at: number; readonly rate: number }[] }
  | { readonly shape: "steps"; readonly steps: readonly { readonly from: number; readonly rate: number }[] }
);

/** What a contract says of one reading: an amount, or that it says nothing. Never a guess. */
export type Payment =
  | {
      readonly kind: "payment";
      /** Per cent, rounded as the contract says. */
      readonly reading: number;
      readonly band: string;
      /** In the contract's currency, to the cent. */
      readonly amount: number;
      /** Internal rate of return a year, a proportion; -1 is total loss; null at a cohort's reading, which isn't the whole. */
      readonly irr: number | null;
    }
  | {
      readonly kind: "undefined";
      readonly reading: number | null;
      readonly reason: "no-metric" | "no-band" | "several-bands" | "no-rate" | "no-years";
    };

/** The contract's own metric with its interval, as proportions; participants minus controls, not yet turned round. */
interface Metric {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** The payment at the estimate, at the least and greatest readings of the interval, and over all of it. */
interface Settlement {
  readonly point: Payment;
  readonly lower: Payment;
  readonly upper: Payment;
  /** The least and the most that any reading within the interval pays; null where there is no interval or none pays. */
  readonly least: number | null;
  readonly most: number | null;
  /** Internal rates of return at the least and the most; null where `Payment`'s is. */
  readonly leastIrr: number | null;
  readonly mostIrr: number | null;
  /** Whether the interval holds readings of which the contract says nothing. */
  readonly undefinedWithin: boolean;
}

/**
 * What a contract pays at a metric, and the least and the most over the metric's whole interval. Payments needn't rise
 * with the metric: the ends, both sides of every bound and every knot of a premium are read, and between those a
 * payment is monotone.
 */
export function settle(contract: Contract, at: ReadAt, metric: Metric): Settlement {
  const pay = (reading: number | null) => paymentAt(contract, at, reading);
  const sided = contract.direction === "increase" ? [metric.lower, metric.upper] : [metric.upper, metric.lower];
  const [low = null, high = null] = sided.map((limit) => readingOf(contract, limit));
  const within = low === null || high === null ? [] : readingsWithin(contract, at, low, high).map(pay);
  const paying = within.flatMap((payment) => (payment.kind === "payment" ? [payment] : []));
  const amounts = paying.map(({ amount }) => amount);
  const least = amounts.length > 0 ? Math.min(...amounts) : null;
  const most = amounts.length > 0 ? Math.max(...amounts) : null;
  const irrOf = (amount: number | null) => paying.find((payment) => payment.amount === amount)?.irr ?? null;
  return {
    point: pay(readingOf(contract, metric.estimate)),
    lower: pay(low),
    upper: pay(high),
    least,
    most,
    leastIrr: irrOf(least),
    mostIrr: irrOf(most),
    undefinedWithin: within.some((payment) => payment.kind === "undefined"),
  };
}

/** The contract's metric from two rates (or counts per head): a proportion, null where the controls' rate is 0. */
export function metricOf(kind: Contract["metric"]["kind"], participants: number, controls: number): number | null {
  if (kind === "difference") return participants - controls;
  return controls > 0 ? participants / controls - 1 : null;
}

/** A metric as the contract reads it: turned round for a decrease, in per cent, rounded. */
export function readingOf({ direction, rounding }: Contract, metric: number | null): number | null {
  if (metric === null || !Number.isFinite(metric)) return null;
  const percent = withoutNoise((direction === "increase" ? 100 : -100) * metric);
  return rounding.mode === "none" ? percent : roundings[rounding.mode](percent, 10 ** rounding.decimals) + 0;
}

function paymentAt(contract: Contract, at: ReadAt, reading: number | null): Payment {
  if (reading === null) return { kind: "undefined", reading, reason: "no-metric" };
  const { threshold, cap = Infinity } = contract;
  if (threshold !== undefined && reading < threshold) return paid(contract, at, reading, "below the threshold", 0);
  const [band, ...more] = (contract.bands[at] ?? []).filter((candidate) => holds(candidate, reading));
  if (band === undefined) return { kind: "undefined", reading, reason: "no-band" };
  if (more.length > 0) return { kind: "undefined", reading, reason: "several-bands" };
  const amount = amountOf(contract, band.pays, reading);
  if (typeof amount === "string") return { kind: "undefined", reading, reason: amount };
  return paid(contract, at, reading, band.name, Math.min(cap, amount));
}

function paid(contract: Contract, at: ReadAt, reading: number, band: string, exact: number): Payment {
  const amount = Math.round(withoutNoise(exact * 100)) / 100;
  return { kind: "payment", reading, band, amount, irr: at === "cohort" ? null : returnOf(contract, amount) };
}

/** (paid / principal)^(1 / years) - 1: the rate at which one payment in and one out are worth the same. */
function returnOf(contract: Contract, amount: number): number | null {
  const years = termOf(contract);
  if (years === null || !(contract.principal > 0)) return null;
  return amount > 0 ? (amount / contract.principal) ** (1 / years) - 1 : -1;
}

function termOf({ dates, dayCount }: Contract): number | null {
  const years = yearsBetween(dates.invested, dates.repaid, dayCount);
  return years !== null && years > 0 ? years : null;
}

function amountOf(contract: Contract, pays: Pays, reading: number): number | "no-rate" | "no-years" {
  if (pays.kind === "nothing") return 0;
  if (pays.kind === "principal") return contract.principal * (pays.share ?? 1);
  const rate = rateAt(pays.premium, reading);
  if (rate === null) return "no-rate";
  if (pays.premium.accrual === "once") return contract.principal * (1 + rate / 100);
  const years = termOf(contract);
  if (years === null) return "no-years";
  const growth = pays.premium.accrual === "compound" ? (1 + rate / 100) ** years : 1 + (rate / 100) * years;
  return contract.principal * growth;
}

/** A premium's rate at a reading, per cent; null where its points or steps don't reach. */
function rateAt(premium: Premium, reading: number): number | null {
  if (premium.shape === "flat") return premium.rate;
  if (premium.shape === "steps") return premium.steps.findLast((step) => step.from <= reading)?.rate ?? null;
  const next = premium.points.findIndex((point) => point.at >= reading);
  const [from, to] = [premium.points[Math.max(0, next - 1)], premium.points[next]];
  if (from === undefined || to === undefined || reading < from.at) return null;
  return from.at === to.at ? to.rate : from.rate + ((to.rate - from.rate) * (reading - from.at)) / (to.at - from.at);
}

function holds({ from, above, to, below }: Band, reading: number): boolean {
  if (from !== undefined && reading < from) return false;
  if (above !== undefined && reading <= above) return false;
  if (to !== undefined && reading > to) return false;
  return below === undefined || reading < below;
}

/** The readings between two that tell the extremes of a payment: ends, and each bound and knot with its neighbours. */
function readingsWithin(contract: Contract, at: ReadAt, low: number, high: number): number[] {
  const { mode, decimals } = contract.rounding;
  const scale = 10 ** decimals;
  const around = (point: number): number[] => {
    if (mode === "none") return [point - 1e-9, point, point + 1e-9];
    const below = Math.floor(withoutNoise(point * scale));
    return [below - 1, below, below + 1].map((reading) => reading / scale);
  };
  const beside = turningPoints(contract, at).flatMap(around);
  return [low, ...beside.filter((reading) => reading > low && reading < high), high];
}

function turningPoints({ bands, threshold }: Contract, at: ReadAt): number[] {
  const ofBands = (bands[at] ?? []).flatMap(({ from, above, to, below, pays }) => [
    from,
    above,
    to,
    below,
    ...knots(pays),
  ]);
  return [...ofBands, threshold].filter((point) => point !== undefined);
}

function knots(pays: Pays): number[] {
  if (pays.kind !== "premium" || pays.premium.shape === "flat") return [];
  const { premium } = pays;
  return premium.shape === "linear" ? premium.points.map(({ at }) => at) : premium.steps.map(({ from }) => from);
}

const roundings: Readonly<Record<Exclude<Rounding["mode"], "none">, (value: number, scale: number) => number>> = {
  "half-up": (value, scale) => (Math.sign(value) * Math.round(withoutNoise(Math.abs(value) * scale))) / scale,
  "half-even": (value, scale) => {
    const scaled = withoutNoise(value * scale);
    const floor = Math.floor(scaled);
    const up = scaled - floor > 0.5 || (scaled - floor === 0.5 && floor % 2 !== 0);
    return (floor + (up ? 1 : 0)) / scale;
  },
  truncate: (value, scale) => Math.trunc(withoutNoise(value * scale)) / scale,
};

/** Twelve significant digits: 8.5 per cent from 0.085 is 8.5 and not 8.500000000000002. */
function withoutNoise(value: number): number {
  return Number(value.toPrecision(12));
}
