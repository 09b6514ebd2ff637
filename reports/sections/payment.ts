import { paymentBands } from "../../src/chart/payment-bands.ts";
import type { Released } from "../../src/disclose/finding.ts";
import type { Block, Fact, KeyFigure, MarginNote, Table } from "../../src/document/document.ts";
import { lowerFirst } from "../../src/wording/first-letter.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { bracketed, decimal, euros, longDate, percent } from "../../src/wording/numbers.ts";
import { absentWords, type Contract, type ReportInput, valueAt } from "../report-input.ts";
import { sourceLine } from "./attrition.ts";
import { boundText, payText, type Stretch, stretchesOf, stretchText } from "./payment-terms.ts";

/** The four values of one payment, all of one cell. */
interface Paid {
  readonly contract: Contract;
  readonly stretches: readonly Stretch[];
  readonly reading: Released;
  readonly band: Released;
  readonly amount: Released;
  readonly rate: Released | undefined;
}

/** What the contract pays on the pooled result: band, amount, least and most, rate of return; or why nothing is paid. */
export function paymentSection(input: ReportInput): readonly Block[] {
  const { contract, messages } = input;
  const allowed = contract === undefined ? undefined : valueAt(input, { metric: "payment_allowed", ...of(contract) });
  if (contract === undefined || allowed === undefined) return [];
  const text = (key: KeyUnder<"investor.payment">): string => messages.text(`investor.payment.${key}`);
  const heading = (title: string): Block => ({ kind: "heading", level: 2, id: "payment-heading", text: title });
  if (allowed.value === 0)
    return [heading(text("closed")), { kind: "text", text: text("closedText") }, terms(input, contract)];
  const paid = paidOf(input, contract);
  if (paid === undefined) {
    const hidden = valueAt(input, { metric: "payment_amount", ...of(contract) });
    return [heading(text("heading")), { kind: "text", text: `${absentWords(hidden, messages)}.` }];
  }
  return [
    heading(text("heading")),
    { kind: "keyFigures", figures: figures(input, paid) },
    { kind: "text", text: sentences(input, paid).join(" ") },
    figure(input, paid),
    terms(input, contract),
  ];
}

const of = ({ metric }: Contract) => ({ definition: metric.definition });

function paidOf(input: ReportInput, contract: Contract): Paid | undefined {
  const at = (metric: string): Released | undefined => valueAt(input, { metric, ...of(contract) });
  const [reading, band, amount] = [at("payment_reading"), at("payment_band"), at("payment_amount")];
  if (reading?.value == null || band?.value == null || amount?.value == null) return undefined;
  const stretches = stretchesOf(contract.bands.pooled ?? []);
  return { contract, stretches, reading, band, amount, rate: at("payment_return") };
}

/** A reading as the contract rounds it; whole numbers of the contract itself have no decimals. */
function readingText({ contract }: Paid, value: number, locale: string): string {
  const digits = contract.rounding.mode === "none" ? 1 : contract.rounding.decimals;
  return contract.metric.kind === "difference" ? decimal(value * 100, digits, locale) : percent(value, locale, digits);
}

function figures(input: ReportInput, paid: Paid): readonly KeyFigure[] {
  const { messages } = input;
  const { locale } = messages;
  const text = (key: KeyUnder<"investor.payment">, values: Record<string, string> = {}): string =>
    messages.text(`investor.payment.${key}`, values);
  const range = (value: Released | undefined, show: (value: number) => string): string => {
    if (value?.lower == null || value.upper == null) return "";
    const [low, high] = [show(value.lower), show(value.upper)];
    return low === high ? text("whole", { amount: low }) : text("range", { low, high });
  };
  const money = (value: number): string => euros(value, locale);
  const rate = (value: number): string => (value === -1 ? text("loss") : percent(value, locale));
  const { amount, reading } = paid;
  return [
    { label: text("amount"), text: money(amount.value ?? 0), detail: range(amount, money) },
    ...(paid.rate?.value == null
      ? []
      : [{ label: text("return"), text: rate(paid.rate.value), detail: range(paid.rate, rate) }]),
    {
      label: text("reading"),
      text: readingText(paid, reading.value ?? 0, locale),
      detail: range(reading, (value) => readingText(paid, value, locale)),
    },
  ];
}

/** Whether the whole interval lies in the band that was reached. */
const isWhole = ({ band }: Paid): boolean => band.lower === band.value && band.upper === band.value;

function termsOf({ contract, band }: Paid, { messages }: ReportInput): string {
  const reached = contract.bands.pooled?.[(band.value ?? 0) - 1];
  return reached === undefined ? messages.text("investor.payment.nothing") : payText(reached, messages);
}

/** The band in words; where the interval covers others, that they are not ruled out. */
function sentences(input: ReportInput, paid: Paid): readonly string[] {
  const { messages, pipeline } = input;
  const { band, reading } = paid;
  const text = (key: KeyUnder<"investor.payment">, values: Record<string, string | number> = {}): string =>
    messages.text(`investor.payment.${key}`, values);
  const show = (value: number): string => readingText(paid, value, messages.locale);
  const k = band.value ?? 0;
  const reached = text("reached", { v: show(reading.value ?? 0), k, terms: termsOf(paid, input) });
  const bounds = [band.lower, band.upper].flatMap((rank) => (rank === null ? [] : [rank])).toSorted((a, b) => a - b);
  const [i = k, j = k] = [bounds[0], bounds.at(-1)];
  const isUncertain = i !== j && reading.lower !== null && reading.upper !== null;
  const uncertain = isUncertain
    ? [text("uncertain", { l: show(reading.lower ?? 0), h: show(reading.upper ?? 0), i, j, k })]
    : [];
  return [
    ...uncertain,
    ...(isUncertain ? [] : [reached]),
    ...(coversGap(paid) ? [text("undefinedWithin")] : []),
    ...(pipeline.synthetic ? [text("synthetic")] : []),
  ];
}

function coversGap({ stretches, reading }: Paid): boolean {
  const [low, high] = [(reading.lower ?? 0) * 100, (reading.upper ?? 0) * 100];
  if (reading.lower === null || reading.upper === null) return false;
  return stretches.some(
    ({ band, from, to }) =>
      band === undefined && (from ?? Number.NEGATIVE_INFINITY) < high && (to ?? Number.POSITIVE_INFINITY) > low,
  );
}

function figure(input: ReportInput, paid: Paid): Block {
  const { messages } = input;
  const { contract, stretches, reading, band } = paid;
  const { locale } = messages;
  const k = band.value ?? 0;
  const title = messages.text(`investor.payment.title.${isWhole(paid) ? "whole" : "point"}`, {
    k,
    terms: termsOf(paid, input),
  });
  const [lower, upper] = [reading.lower ?? reading.value ?? 0, reading.upper ?? reading.value ?? 0];
  const show = (value: number): string => readingText(paid, value, locale);
  return {
    kind: "figure",
    id: "payment",
    title,
    subtitle: messages.text("investor.payment.subtitle", {
      kind: contract.metric.kind,
      definition: definitionName(input, contract),
    }),
    alt: messages.text("investor.payment.alt", { title }),
    graphic: paymentBands({
      locale,
      bands: stretches.map(({ from, to, rank }) => ({
        from,
        to,
        label: rank === undefined ? "" : String(rank),
        kind: rank === undefined ? "undefined" : rank === k ? "reached" : "band",
      })),
      reading: {
        estimate: (reading.value ?? 0) * 100,
        lower: lower * 100,
        upper: upper * 100,
        text: show(reading.value ?? 0),
        intervalText: bracketed(show(lower), show(upper), locale),
        solid: lower > 0 || upper < 0,
      },
    }),
    table: tableOf(input, paid),
    source: sourceLine(input),
    margin: notes(input, contract),
  };
}

const definitionName = ({ messages }: ReportInput, { metric }: Contract): string => {
  const name = messages.named("definition", `${metric.definition}.name`);
  return lowerFirst(name);
};

function tableOf(input: ReportInput, paid: Paid): Table {
  const { messages } = input;
  const text = (key: KeyUnder<"investor.payment">): string => messages.text(`investor.payment.${key}`);
  return {
    id: "payment",
    title: text("table"),
    columns: [
      { id: "band", header: text("band"), kind: "name" },
      { id: "results", header: text("results"), kind: "text" },
      { id: "pays", header: text("pays"), kind: "text" },
      { id: "this", header: text("this"), kind: "number", format: "#,##0.00" },
    ],
    rows: paid.stretches.map((stretch) => {
      const isReached = stretch.rank !== undefined && stretch.rank === paid.band.value;
      const amount = paid.amount.value ?? 0;
      return {
        cells: [
          { text: stretch.rank === undefined ? text("noBand") : String(stretch.rank) },
          { text: stretchText(stretch, paid.contract, messages) },
          { text: stretch.band === undefined ? text("undefined") : payText(stretch.band, messages) },
          isReached ? { text: euros(amount, messages.locale), value: amount } : { text: "\u2013", marker: "[z]" },
        ],
      };
    }),
  };
}

function notes(input: ReportInput, contract: Contract): readonly MarginNote[] {
  const { messages, pipeline } = input;
  const { rounding } = contract;
  const rule = messages.text("investor.payment.rule", { mode: rounding.mode, decimals: rounding.decimals });
  const override = pipeline.evaluation.payment?.override;
  return [
    { lead: messages.text("investor.payment.ruleLead"), text: rule },
    ...(override === undefined
      ? []
      : [
          {
            lead: messages.text("investor.payment.overrideLead"),
            text: messages.text("investor.payment.overridden", { by: override.by, reason: override.reason }),
          },
        ]),
  ];
}

/** The contract's terms; its own name is data, in the language in which it was signed. */
function terms(input: ReportInput, contract: Contract): Block {
  const { messages, pipeline } = input;
  const { locale } = messages;
  const text = (key: KeyUnder<"investor.payment">, values: Record<string, string> = {}): string =>
    messages.text(`investor.payment.${key}`, values);
  const fact = (key: KeyUnder<"investor.payment">, own: string): Fact => ({ label: text(key), text: own });
  const { dates, metric, threshold, cap } = contract;
  return {
    kind: "facts",
    id: "contract",
    title: text("termsTitle"),
    facts: [
      fact("contract", pipeline.evaluation.payment?.contract ?? contract.name),
      fact("metric", text("metricText", { kind: metric.kind, definition: definitionName(input, contract) })),
      fact("principalTerm", euros(contract.principal, locale)),
      fact(
        "dates",
        text("datesText", { invested: longDate(dates.invested, locale), repaid: longDate(dates.repaid, locale) }),
      ),
      ...(threshold === undefined ? [] : [fact("threshold", boundText(threshold, contract, locale))]),
      ...(cap === undefined ? [] : [fact("cap", euros(cap, locale))]),
    ],
  };
}
