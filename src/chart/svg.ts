import type { LoggerInterface } from "vega";
import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import type { ChartSpec } from "./chart.ts";
import { vegaOf } from "./compiled.ts";
import { textWidth } from "./metrics.ts";
import { type Tip, tipsOf } from "./tips.ts";

interface MeasuredText {
  readonly fontSize?: number;
  readonly fontWeight?: number | string;
}

// Its types leave textMetrics out. Without a canvas Vega guesses widths, some 60 % too wide.
Object.assign((vega as unknown as { textMetrics: object }).textMetrics, {
  width: (item: MeasuredText, text: unknown) =>
    textWidth(String(text ?? ""), item.fontSize ?? 11, Number(item.fontWeight ?? 400) >= 600 ? 600 : 400),
});

/** A drawing as SVG text, and what its marks say when they are pointed at. */
export interface Drawn {
  readonly svg: string;
  readonly tips: readonly Tip[];
}

/** The drawing alone. */
export const drawSvg = async (spec: ChartSpec): Promise<string> => (await draw(spec)).svg;

/**
 * A specification drawn as SVG text: no roles, classes, style attributes or references to anything outside.
 * The same specification gives the same bytes. Throws where Vega or Vega-Lite warns.
 */
export async function draw(spec: ChartSpec): Promise<Drawn> {
  refuseLocalTime(spec);
  const said: string[] = [];
  const logger = listener(said);
  const compiled = vegaOf(spec, (shape) => {
    const made = compile(shape as unknown as TopLevelSpec, { logger }).spec;
    if (said.length > 0) refuse(...said);
    return made;
  });
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logger, loader: closedLoader });
  const svg = await view.toSVG();
  const tips = tipsOf(view);
  view.finalize();
  if (said.length > 0) refuse(...said);
  return { svg: normalised(svg), tips };
}

function normalised(svg: string): string {
  const bare = svg
    .replace(/<text[^>]* opacity="0"[^>]*>.*?<\/text>/gs, "")
    .replace(/<path[^>]*display="none"[^>]*\/>/g, "")
    .replace(/<path class="background"(?![^>]*fill=)[^>]*\/>/g, "")
    .replace(/ (?:role|class|aria-[a-z]+|version|xmlns:xlink)="[^"]*"/g, "")
    .replace(/ opacity="1"/g, "")
    .replace(/<[^>]+>/g, withRoundNumbers);
  return stableIds(withoutEmptyGroups(bare));
}

/** Coordinates only: words between tags may hold numbers of their own, such as 1.204 for a Dutch thousand. */
const withRoundNumbers = (tag: string): string =>
  tag.replace(/-?\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2))));

/** Vega counts clips over all drawings of a process. */
function stableIds(svg: string): string {
  const names = [...new Set([...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? ""))];
  return names.reduce(
    (text, name, i) => text.replaceAll(`id="${name}"`, `id="s${i}"`).replaceAll(`url(#${name})`, `url(#s${i})`),
    svg,
  );
}

function withoutEmptyGroups(svg: string): string {
  const next = svg.replace(/<g[^>]*><\/g>/g, "").replace(/<g>((?:(?!<\/?g[ >]).)*)<\/g>/gs, "$1");
  return next === svg ? svg : withoutEmptyGroups(next);
}

function refuse(...what: readonly unknown[]): never {
  throw new Error(`chart: ${what.map(String).join(" ")}`);
}

/** Vega only logs what goes wrong, errors too; thrown from here they would get lost between its promises. */
function listener(said: string[]): LoggerInterface {
  const hear = (...what: readonly unknown[]): LoggerInterface => {
    said.push(what.map(String).join(" "));
    return logger;
  };
  const logger: LoggerInterface = {
    level: ((level?: number) => (level === undefined ? 2 : logger)) as LoggerInterface["level"],
    error: hear,
    warn: hear,
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}

const closedLoader = {
  load: (uri: string) => refuse(`may not read ${uri}`),
  sanitize: (uri: string) => refuse(`may not refer to ${uri}`),
  http: (uri: string) => refuse(`may not read ${uri}`),
  file: (uri: string) => refuse(`may not read ${uri}`),
};

/** A time that isn't shown in UTC moves with the machine's time zone. */
function refuseLocalTime(part: unknown): void {
  if (typeof part !== "object" || part === null) return;
  const { type, scale } = part as { type?: unknown; scale?: { type?: unknown } | null };
  if (type === "temporal" && scale?.type !== "utc") refuse("a temporal encoding needs scale: {type: 'utc'}");
  for (const inner of Object.values(part)) refuseLocalTime(inner);
}
