import type { KeyUnder } from "../../src/wording/message-keys.ts";
import type { Messages } from "../../src/wording/messages.ts";
import { decimal, percent } from "../../src/wording/numbers.ts";
import type { Contract } from "../report-input.ts";

type Band = NonNullable<Contract["bands"]["pooled"]>[number];

/** A stretch of readings: a band of the contract, or a gap in which it defines nothing. */
export interface Stretch {
  readonly from: number | null;
  readonly to: number | null;
  /** The band and its number in the contract, 1 the first; absent in a gap. */
  readonly band?: Band;
  readonly rank?: number;
  /** Whether the stretch has its own ends. */
  readonly fromIn: boolean;
  readonly toIn: boolean;
}

/** The contract's bands in ascending order with the gaps between them, so that no reading is left out. */
export function stretchesOf(bands: readonly Band[]): readonly Stretch[] {
  const own = bands
    .map(
      (band, i): Stretch => ({
        from: band.from ?? band.above ?? null,
        to: band.to ?? band.below ?? null,
        band,
        rank: i + 1,
        fromIn: band.from !== undefined,
        toIn: band.to !== undefined,
      }),
    )
    .toSorted((a, b) => (a.from ?? Number.NEGATIVE_INFINITY) - (b.from ?? Number.NEGATIVE_INFINITY));
  const [first, last] = [own[0], own.at(-1)];
  const under = first?.from == null ? [] : [{ from: null, to: first.from, fromIn: false, toIn: !first.fromIn }];
  const over = last?.to == null ? [] : [{ from: last.to, to: null, fromIn: !last.toIn, toIn: false }];
  return [...under, ...own.flatMap((band, i) => [band, ...gapAfter(band, own[i + 1])]), ...over];
}

function gapAfter(band: Stretch, next: Stretch | undefined): readonly Stretch[] {
  if (next === undefined || band.to === null || next.from === null) return [];
  const touches = band.to === next.from && (band.toIn || next.fromIn);
  return touches ? [] : [{ from: band.to, to: next.from, fromIn: !band.toIn, toIn: !next.fromIn }];
}

/** A bound of the contract as its readings are written: `12.5%`, or points. */
export function boundText(value: number, { metric, rounding }: Contract, locale: string): string {
  const digits = Number.isInteger(value) ? 0 : Math.max(1, rounding.mode === "none" ? 1 : rounding.decimals);
  return metric.kind === "difference" ? decimal(value, digits, locale) : percent(value / 100, locale, digits);
}

/** `1% to under 50%`. */
export function stretchText({ from, to, fromIn, toIn }: Stretch, contract: Contract, messages: Messages): string {
  const show = (value: number): string => boundText(value, contract, messages.locale);
  const text = (key: KeyUnder<"investor.payment.span">): string =>
    messages.text(`investor.payment.span.${key}`, {
      x: from === null ? "" : show(from),
      y: to === null ? "" : show(to),
    });
  if (from === null) return text(toIn ? "upTo" : "under");
  if (to === null) return text(fromIn ? "from" : "over");
  return text(fromIn ? (toIn ? "fromTo" : "fromUnder") : toIn ? "overTo" : "overUnder");
}

/** What a band pays, in words. */
export function payText({ pays }: Band, messages: Messages): string {
  const text = (key: KeyUnder<"investor.payment">, values: Record<string, string> = {}): string =>
    messages.text(`investor.payment.${key}`, values);
  if (pays.kind === "nothing") return text("nothing");
  if (pays.kind === "principal")
    return pays.share === undefined || pays.share === 1
      ? text("principal")
      : text("share", { share: percent(pays.share, messages.locale, 0) });
  const { premium } = pays;
  const rates =
    premium.shape === "flat"
      ? [premium.rate]
      : (premium.shape === "linear" ? premium.points : premium.steps).map(({ rate }) => rate);
  return text("premium", { rate: percent(Math.max(...rates) / 100, messages.locale, 1), accrual: premium.accrual });
}
