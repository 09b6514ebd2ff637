import { grid, light } from "../theme.ts";
import { type Box, boxes, hatch } from "./boxes.ts";
import type { ChartPair, ChartSpec, LabelledInterval } from "./chart.ts";
import { chartSpec, intervals, type PlacedText, placed, plot, textLayers } from "./layers.ts";
import { textWidth } from "./metrics.ts";
import { type PlotScale, position, tickText } from "./plot-scale.ts";
import { intervalRow } from "./rows.ts";

/** A stretch of readings; without ends it goes on. `kind` undefined: the contract says nothing there. */
interface PaymentBand {
  readonly from: number | null;
  readonly to: number | null;
  /** Its number in the contract: `2`; empty where nothing is defined. */
  readonly label: string;
  readonly kind: "band" | "reached" | "undefined";
}

/** Bands and reading in the unit of the contract's reading; the strip is drawn to scale. */
export interface PaymentBandsInput {
  readonly locale: string;
  /** Ascending, without gaps. */
  readonly bands: readonly PaymentBand[];
  /** The contract's reading with its interval. */
  readonly reading: LabelledInterval;
}

/** A contract's bands to scale with the result above them: interval and upright tick, which goes through its band. */
export function paymentBands(input: PaymentBandsInput): ChartPair {
  return { wide: bandsSpec(input, grid.column), narrow: bandsSpec(input, grid.narrowChart) };
}

const STRIP = { top: 66, bottom: 100 } as const;
const HEIGHT = 128;

function bandsSpec(input: PaymentBandsInput, width: number): ChartSpec {
  const frame = { width, height: HEIGHT };
  const scale = scaleOf(input, width);
  const own = input.bands.map((band) => ({
    ...band,
    left: band.from === null ? 0.5 : position(scale, band.from),
    right: band.to === null ? width - 0.5 : position(scale, band.to),
    top: STRIP.top,
    bottom: STRIP.bottom,
  }));
  const tick = position(scale, input.reading.estimate);
  const row = {
    ...intervalRow(input.reading, 44, true),
    tickTop: 28,
    tickBottom: STRIP.bottom + 5,
    tip: `${input.reading.text} ${input.reading.intervalText}`,
  };
  return chartSpec(
    frame,
    [row],
    [
      boxes(
        frame,
        own.filter(({ kind }) => kind === "band"),
        { fill: light.paper, stroke: light.axis, strokeWidth: 1 },
      ),
      hatch(
        frame,
        own.filter(({ kind }) => kind === "undefined"),
      ),
      boxes(
        frame,
        own.filter(({ kind }) => kind === "undefined"),
        { fill: null, stroke: light.axis, strokeWidth: 1 },
      ),
      boxes(
        frame,
        own.filter(({ kind }) => kind === "reached"),
        { fill: light["a-pale"], stroke: light.a, strokeWidth: 1.5 },
      ),
      plot(...intervals(frame, scale)),
      ...textLayers(frame, [
        ...resultText(input.reading, tick, width),
        ...own.flatMap((band) => labelOf(band, tick)),
        ...boundTexts(input, scale),
      ]),
    ],
  );
}

function scaleOf({ bands, reading }: PaymentBandsInput, width: number): PlotScale {
  const bounds = bands.flatMap(({ from, to }) => [from, to]).filter((bound) => bound !== null);
  const values = [...bounds, reading.lower, reading.upper, reading.estimate];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || 1) * 0.12;
  return { domain: [low - room, high + room], range: [0, width] };
}

type BandBox = PaymentBand & Box;

function resultText({ text, intervalText }: LabelledInterval, tick: number, width: number): readonly PlacedText[] {
  const whole = `${text} ${intervalText}`;
  const half = textWidth(whole, 14, 600) / 2;
  const x = Math.min(Math.max(tick, half), width - half);
  return [placed(x, 12, whole, { align: "center", size: 14, weight: 600 })];
}

/** A band's number, beside the tick that goes through it. */
function labelOf({ label, left, right }: BandBox, tick: number): readonly PlacedText[] {
  if (label === "" || right - left < 16) return [];
  const middle = (left + right) / 2;
  const x = Math.abs(middle - tick) > 14 ? middle : tick + (right - tick > 24 ? 14 : -14);
  return [placed(x, (STRIP.top + STRIP.bottom) / 2, label, { align: "center", size: 14, weight: 600 })];
}

/** Bounds under the strip; one that would touch its neighbour is left out, it stands in the table. */
function boundTexts({ bands, locale }: PaymentBandsInput, scale: PlotScale): readonly PlacedText[] {
  const bounds = [...new Set(bands.flatMap(({ from, to }) => [from, to]))].filter((bound) => bound !== null);
  let last = Number.NEGATIVE_INFINITY;
  return bounds.flatMap((bound) => {
    const text = tickText(bound, locale, false);
    const [x, half] = [position(scale, bound), textWidth(text, 13) / 2];
    if (x - half < last + 5) return [];
    last = x + half;
    return [placed(x, STRIP.bottom + 16, text, { align: "center", colour: light.ink3 })];
  });
}
