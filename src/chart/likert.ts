import { grid } from "../theme.ts";
import { boxLayers, type FilledBox } from "./boxes.ts";
import type { ChartPair, ChartSpec } from "./chart.ts";
import { type KeyItem, keyLayers, keyTexts, placeKey } from "./key.ts";
import {
  chartSpec,
  type Frame,
  hairlines,
  type Layer,
  type PlacedText,
  pixelX,
  pixelY,
  placed,
  type Row,
  textLayers,
  zeroMark,
} from "./layers.ts";
import {
  type Band,
  bottomOf,
  type Column,
  headerText,
  inWords,
  middleOf,
  rowLines,
  stack,
  twoTexts,
  twoTextsHeight,
} from "./rows.ts";
import { tipText } from "./tips.ts";

/** Shares of the answers to one statement, in per cent of `n`. */
export interface LikertShares {
  readonly stronglyDisagree: number;
  readonly disagree: number;
  readonly neutral: number;
  readonly agree: number;
  readonly stronglyAgree: number;
  /** Sums of both sides and the neutral share in words. */
  readonly texts: { readonly disagree: string; readonly neutral: string; readonly agree: string };
}

/** One statement; `words` say why where its shares are not published. */
export interface LikertRow {
  readonly name: string;
  /** Number of answers in words: `268`. */
  readonly n?: string;
  readonly shares?: LikertShares;
  readonly words?: string;
}

/**
 * Statements in the order in which they are drawn; shares in per cent, disagreement to the left of zero, the neutral
 * share in a column apart.
 */
export interface LikertInput {
  readonly words: {
    readonly name: string;
    readonly n: string;
    /** Over the two sides of zero. */
    readonly disagree: string;
    readonly agree: string;
    /** Over the neutral column. */
    readonly neutral: string;
    /** The key, which lists them as they stand in a bar. */
    readonly key: {
      readonly stronglyDisagree: string;
      readonly disagree: string;
      readonly agree: string;
      readonly stronglyAgree: string;
      readonly neutral: string;
    };
  };
  readonly rows: readonly LikertRow[];
}

/**
 * Disagreement left of zero, agreement right of it, strong answers nearest to zero, sums at the ends; neutral answers in
 * a column of their own on the same scale. Rows stand by agreement; those not published stand last, as given, so that
 * their place says nothing.
 */
export function likert(input: LikertInput): ChartPair {
  const sorted = { ...input, rows: byAgreement(input.rows) };
  return { wide: draw(sorted, WIDE), narrow: draw(sorted, NARROW) };
}

function byAgreement(rows: readonly LikertRow[]): readonly LikertRow[] {
  const shown = rows.flatMap((row) => (row.shares === undefined ? [] : [{ row, agreed: agreedWith(row.shares) }]));
  const hidden = rows.filter(({ shares }) => shares === undefined);
  return [...shown.toSorted((one, other) => other.agreed - one.agreed).map(({ row }) => row), ...hidden];
}

/** What differs between a page and a telephone; `middle` is that of the bars. */
interface Layout {
  readonly width: number;
  readonly sides: readonly [number, number];
  readonly neutral: readonly [number, number];
  readonly height: (row: LikertRow) => number;
  readonly middle: (band: Band) => number;
  readonly texts: (row: LikertRow, band: Band, words: LikertInput["words"]) => readonly PlacedText[];
  readonly header: (words: LikertInput["words"]) => ReadonlyArray<{ readonly column: Column; readonly text: string }>;
}

const NAME = { x: 0, width: 196 };
const N: Column = { x: 244, align: "right", width: 44 };
const IN_PLOT = { x: 264, width: grid.column - 264 };

const WIDE: Layout = {
  width: grid.column,
  sides: [264, 620],
  neutral: [644, grid.column],
  height: ({ name, words }) =>
    Math.max(20, twoTextsHeight(NAME, name, undefined), twoTextsHeight(IN_PLOT, words ?? "", undefined)) + 18,
  middle: middleOf,
  texts: (row, band) => {
    const middle = middleOf(band);
    const name = twoTexts(NAME, middle, row.name, undefined);
    if (row.shares === undefined) return [...name, ...inWords(IN_PLOT, middle, row.words ?? "")];
    return [...name, ...inWords(N, middle, row.n ?? "")];
  },
  header: ({ name, n }) => [
    { column: NAME, text: name },
    { column: N, text: n },
  ],
};

const WHOLE = { x: 0, width: grid.narrowChart };

/** Statement and its answers above, bars beneath. */
const NARROW: Layout = {
  width: grid.narrowChart,
  sides: [0, 200],
  neutral: [216, grid.narrowChart],
  height: (row) => 8 + (row.shares === undefined ? wordsHeight(row) : 36) + nameHeight(row),
  middle: (band) => bottomOf(band) - 20,
  texts: (row, band, words) => {
    const detail = row.shares === undefined ? undefined : `${words.n} = ${row.n ?? ""}`;
    const name = twoTexts(
      WHOLE,
      band.top + 8 + nameHeight(row) / 2,
      row.name,
      row.n === undefined ? undefined : detail,
    );
    if (row.shares !== undefined) return name;
    return [...name, ...inWords(WHOLE, bottomOf(band) - wordsHeight(row) / 2, row.words ?? "")];
  },
  header: () => [],
};

const nameHeight = ({ name, n, shares }: LikertRow): number =>
  twoTextsHeight(WHOLE, name, shares === undefined ? undefined : n);
const wordsHeight = ({ words }: LikertRow): number => twoTextsHeight(WHOLE, words ?? "", undefined) + 10;

function draw({ words, rows }: LikertInput, layout: Layout): ChartSpec {
  const key = placeKey(keyItems(words), layout.width);
  const scale = scaleOf(rows, layout);
  const columns = [...layout.header(words), ...plotHeaders(words, scale, layout)];
  const lines = Math.max(...columns.map(({ column, text }) => headerText(column, 0, text).length));
  const header = { top: key.height, height: lines * 18 + 14 };
  const bands = stack(bottomOf(header), rows.map(layout.height));
  const frame = { width: layout.width, height: bottomOf(bands.at(-1) ?? header) };
  const placedRows = rows.flatMap((row, i) => ({ row, band: bands[i] ?? header }));
  const shown = placedRows.flatMap(({ row, band }) =>
    row.shares === undefined ? [] : [{ name: row.name, shares: row.shares, middle: layout.middle(band), band }],
  );
  const values = rows.map(({ name, shares }) => ({ name, ...(shares && numbersOf(shares)) }));
  return chartSpec(frame, values, [
    hairlines(frame, rowLines(bands, header)),
    ...boxLayers(
      frame,
      shown.flatMap(({ name, shares, middle }) =>
        boxesOf(shares, middle, scale).map((box) => ({ ...box, tip: sumsTip(name, shares, words) })),
      ),
    ),
    zeroLines(
      frame,
      shown.map(({ middle }) => ({ x: scale.zero, top: middle - 19, bottom: middle + 19 })),
    ),
    ...keyLayers(frame, key),
    ...textLayers(frame, [
      ...keyTexts(key),
      ...columns.flatMap(({ column, text }) => headerText(column, bottomOf(header) - 14, text)),
      ...shown.flatMap(({ shares, middle }) => sumsOf(shares, middle, scale)),
      ...placedRows.flatMap(({ row, band }) => layout.texts(row, band, words)),
    ]),
  ]);
}

const numbersOf = ({ texts: _, ...numbers }: LikertShares): Row => ({ ...numbers });

/** Any box of a row tells the whole: both sums and the neutral share. */
const sumsTip = (name: string, { texts }: LikertShares, words: LikertInput["words"]): string =>
  tipText(
    name,
    ...(["disagree", "neutral", "agree"] as const).map(
      (side) => `${words[side].replaceAll("\n", " ")}: ${texts[side]}`,
    ),
  );

interface Scale {
  readonly zero: number;
  readonly perPoint: number;
  readonly neutral: number;
}

const disagreedWith = ({ stronglyDisagree, disagree }: LikertShares): number => stronglyDisagree + disagree;
const agreedWith = ({ agree, stronglyAgree }: LikertShares): number => agree + stronglyAgree;

/** Room for the sums at the ends of the bars, by the longest of their texts. */
const sumRoom = (all: readonly LikertShares[]): number =>
  8.5 * Math.max(4, ...all.flatMap(({ texts }) => Object.values(texts).map(({ length }) => length)));

/** One number of px a point for both sides and the neutral column, so that bars compare. */
function scaleOf(rows: readonly LikertRow[], { sides, neutral }: Layout): Scale {
  const all = rows.flatMap(({ shares }) => (shares === undefined ? [] : [shares]));
  const left = Math.max(0, ...all.map(disagreedWith));
  const right = Math.max(0, ...all.map(agreedWith));
  const middle = Math.max(1, ...all.map((shares) => shares.neutral));
  const ends = sumRoom(all);
  const room = sides[1] - sides[0] - 2 * ends;
  const perPoint = Math.min(room / Math.max(1, left + right), (neutral[1] - neutral[0] - ends) / middle);
  const wasted = room - perPoint * (left + right);
  const share = left + right === 0 ? 0.5 : left / (left + right);
  return { zero: sides[0] + ends + perPoint * left + wasted * share, perPoint, neutral: neutral[0] };
}

function boxesOf(shares: LikertShares, middle: number, { zero, perPoint, neutral }: Scale): readonly FilledBox[] {
  const [left, right] = [zero - shares.stronglyDisagree * perPoint, zero + shares.stronglyAgree * perPoint];
  const box = (from: number, to: number, fill: FilledBox["fill"]): FilledBox => ({
    ...{ left: from, right: to, top: middle - 10, bottom: middle + 10, fill },
  });
  return [
    box(left, zero, "b"),
    box(zero - disagreedWith(shares) * perPoint, left, "bPale"),
    box(zero, right, "a"),
    box(right, zero + agreedWith(shares) * perPoint, "aPale"),
    box(neutral, neutral + shares.neutral * perPoint, "axis"),
  ].filter((own) => own.right > own.left);
}

function sumsOf(shares: LikertShares, middle: number, { zero, perPoint, neutral }: Scale): readonly PlacedText[] {
  const { texts } = shares;
  return [
    placed(zero - disagreedWith(shares) * perPoint - 7, middle, texts.disagree, { align: "right", weight: 600 }),
    placed(zero + agreedWith(shares) * perPoint + 7, middle, texts.agree, { weight: 600 }),
    placed(neutral + shares.neutral * perPoint + 7, middle, texts.neutral),
  ];
}

const zeroLines = (frame: Frame, values: readonly Row[]): Layer => ({
  data: { values },
  mark: { type: "rule", ...zeroMark },
  encoding: { x: pixelX(frame, "x"), y: pixelY(frame, "top"), y2: { field: "bottom" } },
});

/** Names of the sides on either side of zero, each in the room it has, and of the neutral column. */
function plotHeaders({ disagree, agree, neutral }: LikertInput["words"], { zero }: Scale, layout: Layout) {
  const left = layout.sides[0];
  const column = { x: layout.neutral[0], width: layout.neutral[1] - layout.neutral[0] };
  return [
    { column: { x: zero - 8, align: "right", width: Math.max(56, zero - 8 - left) } as const, text: disagree },
    { column: { x: zero + 8, width: layout.sides[1] - zero - 8 }, text: agree },
    { column, text: neutral },
  ];
}

function keyItems({ key }: LikertInput["words"]): readonly KeyItem[] {
  return [
    { shape: { box: "bPale" }, text: key.disagree },
    { shape: { box: "b" }, text: key.stronglyDisagree },
    { shape: { box: "a" }, text: key.stronglyAgree },
    { shape: { box: "aPale" }, text: key.agree },
    { shape: { box: "axis" }, text: key.neutral },
  ];
}
