import { light } from "../theme.ts";

const SIZE = { width: 92, height: 28, side: 5, end: 6 } as const;

/**
 * A line through values on a scale of their own, 92 x 28, its last point marked. A value that is null is a gap. Text of
 * an SVG in the light colours; undefined where no two values can be compared.
 */
export function sparkline(values: ReadonlyArray<number | null>): string | undefined {
  const shown = values.filter((value) => value !== null);
  if (shown.length < 2) return undefined;
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const across = (SIZE.width - 2 * SIZE.side) / (values.length - 1);
  const room = SIZE.height - 2 * SIZE.end;
  const points = values.map((value, i) =>
    value === null
      ? null
      : {
          x: rounded(SIZE.side + i * across),
          y: rounded(SIZE.end + (high === low ? 0.5 : (high - value) / (high - low)) * room),
        },
  );
  const last = points.findLast((point) => point !== null);
  const line = `<path d="${pathOf(points)}" fill="none" stroke="${light.axis}" stroke-width="1.5" stroke-linecap="round"/>`;
  const dot = `<circle cx="${last?.x}" cy="${last?.y}" r="3.5" fill="${light.a}"/>`;
  const box = `width="${SIZE.width}" height="${SIZE.height}" viewBox="0 0 ${SIZE.width} ${SIZE.height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box}>${line}${dot}</svg>`;
}

type Point = { readonly x: number; readonly y: number } | null;

/** A stroke for each run of points; a point alone is a stroke of no length, which round ends make a dot. */
function pathOf(points: readonly Point[]): string {
  return points
    .flatMap((point, i) => {
      if (point === null) return [];
      const place = `${point.x} ${point.y}`;
      if (points[i - 1] != null) return [`L${place}`];
      return points[i + 1] == null ? [`M${place}h0`] : [`M${place}`];
    })
    .join("");
}

const rounded = (px: number): number => Number(px.toFixed(2));
