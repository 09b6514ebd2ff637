/** A stretch of the chart with a linear scale: values from..to stand at px from..to. */
export interface PlotScale {
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
}

/** Room for marks and their text beside the outermost values, in px. */
interface Inset {
  readonly left: number;
  readonly right: number;
}

/** A scale whose outermost values stand `inset` inside the stretch. */
export function plotScale(values: readonly number[], range: readonly [number, number], inset: Inset): PlotScale {
  const [low, high] = extent(values);
  const perPixel = (high - low) / (range[1] - range[0] - inset.left - inset.right);
  return { domain: [low - inset.left * perPixel, high + inset.right * perPixel], range };
}

/** Round values (1, 2 or 5 times a power of ten apart) inside the scale, at least `gap` px from each other. */
export function roundTicks(scale: PlotScale, gap: number, bounds: readonly [number, number]): readonly number[] {
  const [low, high] = scale.domain;
  const least = ((high - low) / (scale.range[1] - scale.range[0])) * gap;
  const step = roundStep(least);
  const from = Math.ceil(Math.max(low, bounds[0]) / step.size - 1e-9);
  const to = Math.floor(Math.min(high, bounds[1]) / step.size + 1e-9);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) =>
    Number(((from + i) * step.size).toFixed(step.digits)),
  );
}

/** Where a value stands, in px. */
export function position(scale: PlotScale, value: number): number {
  const [low, high] = scale.domain;
  return scale.range[0] + ((value - low) / (high - low)) * (scale.range[1] - scale.range[0]);
}

/** Tick text in a locale, with U+2212 for minus and, for differences, a plus sign. */
export function tickText(value: number, locale: string, signed: boolean): string {
  const sign = signed ? "exceptZero" : "auto";
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 10, signDisplay: sign });
  return format.format(value).replace("-", "\u2212");
}

function extent(values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = low === high ? Math.max(Math.abs(low) * 0.1, 0.5) : 0;
  return [low - room, high + room];
}

function roundStep(least: number): { size: number; digits: number } {
  const power = Math.floor(Math.log10(least));
  const size = [1, 2, 5, 10].map((factor) => factor * 10 ** power).find((step) => step >= least * (1 - 1e-9));
  return { size: size ?? 10 ** (power + 1), digits: Math.max(0, -power) };
}
