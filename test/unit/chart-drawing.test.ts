import { describe, expect, test } from "vitest";
import type { ChartPair, ChartSpec } from "../../src/chart/chart.ts";
import { dotInterval } from "../../src/chart/dot-interval.ts";
import { forest } from "../../src/chart/forest.ts";
import { love } from "../../src/chart/love.ts";
import { textWidth } from "../../src/chart/metrics.ts";
import { drawSvg } from "../../src/chart/svg.ts";
import { light } from "../../src/theme.ts";
import { balance, cohorts, subgroups } from "../support/chart-examples.ts";

const charts: ReadonlyArray<readonly [string, ChartPair]> = [
  ["dot-interval", dotInterval(cohorts)],
  ["forest", forest(subgroups)],
  ["love", love(balance)],
];

const specs = charts.flatMap(([name, { wide, narrow }]): [string, ChartSpec, number][] => [
  [`${name}, wide`, wide, 760],
  [`${name}, narrow`, narrow, 288],
]);

interface DrawnText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly size: number;
}

function textsOf(svg: string): readonly DrawnText[] {
  return [...svg.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)].map((match) => {
    const [, attributes = "", raw = ""] = match;
    const of = (pattern: RegExp): string => attributes.match(pattern)?.[1] ?? "";
    const text = raw.replaceAll("&amp;", "&").replaceAll("&lt;", "<");
    const size = Number(of(/font-size="([\d.]+)px"/));
    const width = textWidth(text, size, of(/font-weight="(\d+)"/) === "600" ? 600 : 400);
    const x = Number(of(/translate\(([-\d.]+),/));
    const before = { start: 0, middle: width / 2, end: width }[of(/text-anchor="(\w+)"/)] ?? 0;
    return { text, size, left: x - before, right: x - before + width };
  });
}

describe.each(specs)("%s", (_, spec, width) => {
  test("keeps every text inside the drawing and at least 13 px large", async () => {
    const texts = textsOf(await drawSvg(spec));
    expect(texts.length).toBeGreaterThan(10);
    const outside = texts.filter(({ left, right, size }) => left < -0.5 || right > width + 0.5 || size < 13);
    expect(outside).toEqual([]);
  });

  test("R10: uses the theme's colours only, so that a page can put its own in their place", async () => {
    const svg = await drawSvg(spec);
    const colours = [...svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map((match) => match[1]);
    const known: readonly string[] = [...Object.values(light), "none"];
    expect([...new Set(colours)].filter((colour) => !known.includes(colour ?? ""))).toEqual([]);
  });

  test("has no style, role, class, script, label or reference", async () => {
    const svg = await drawSvg(spec);
    expect(svg).not.toMatch(
      / (?:style|role|class|aria-\w+|href|xlink:\w+|on\w+)=|<(?:script|image|style|foreignObject)/,
    );
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:/);
  });

  test("is plain JSON", () => {
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });
});

describe("drawSvg", () => {
  const mark = { data: { values: [{ a: 1 }] }, mark: "point" };

  test("refuses a specification that Vega-Lite warns about", async () => {
    const encoding = { x: { field: "a", type: "quantitative" }, colour: { field: "a", type: "nominal" } };
    await expect(drawSvg({ ...mark, encoding })).rejects.toThrow(/colour/);
  });

  test("refuses data from elsewhere", async () => {
    const encoding = { x: { field: "a", type: "quantitative" } };
    await expect(drawSvg({ data: { url: "https://example.org/a.json" }, mark: "point", encoding })).rejects.toThrow(
      /may not read/,
    );
  });

  test("refuses times that would be shown in the machine's time zone", async () => {
    const encoding = { x: { field: "a", type: "temporal" } };
    await expect(drawSvg({ ...mark, encoding })).rejects.toThrow(/utc/);
  });

  test("leaves the specification as it was", async () => {
    const spec = dotInterval(cohorts).wide;
    const before = JSON.stringify(spec);
    await drawSvg(spec);
    expect(JSON.stringify(spec)).toBe(before);
  });

  test("drops labels that Vega has hidden because they overlap", async () => {
    const values = Array.from({ length: 40 }, (_, i) => ({ a: `label ${i}` }));
    const svg = await drawSvg({
      data: { values },
      width: 300,
      mark: "point",
      encoding: { x: { field: "a", type: "ordinal", axis: { labelAngle: 0, labelOverlap: true } } },
    });
    expect(svg).not.toContain('opacity="0"');
    expect(svg.match(/label \d+/g)?.length).toBeLessThan(40);
  });
});

describe("what the marks say", () => {
  test("a solid bar is filled and an outlined bar is open", async () => {
    const svg = await drawSvg(dotInterval(cohorts).wide);
    const bars = [...svg.matchAll(/<path[^>]*d="M[\d.]+,[\d.]+h[^"]*"[^>]*>/g)].map(([bar]) => bar);
    const filled = bars.filter((bar) => bar.includes(`fill="${light.a}"`));
    const open = bars.filter((bar) => bar.includes(`fill="${light.paper}"`));
    // Two of each in the rows, one of each in the key.
    expect([filled.length, open.length]).toEqual([3, 3]);
  });

  test("a row without values keeps its name and its reason, and has no mark", async () => {
    const words = "Too few people for a result to be published.";
    const [first] = cohorts.rows;
    if (first === undefined) throw new Error("no row");
    const chart = dotInterval({ ...cohorts, rows: [first, { name: "2015", words }] });
    for (const spec of [chart.wide, chart.narrow]) {
      const svg = await drawSvg(spec);
      expect(
        textsOf(svg)
          .map(({ text }) => text)
          .join(" "),
      ).toContain(words);
      // One diamond in the key, one in the row that has values.
      expect(svg.match(/M-6,0L0,-6/g)).toHaveLength(2);
    }
  });

  test("nothing is drawn twice or breaks when there is no row, or none with values", async () => {
    const reason = { name: "All", words: "Not available" };
    for (const rows of [[], [reason]]) {
      const pairs = [
        dotInterval({ ...cohorts, rows }),
        forest({ ...subgroups, groups: rows.length === 0 ? [] : [{ name: "Group", rows }], sum: reason }),
        love({ ...balance, rows }),
      ];
      for (const { wide, narrow } of pairs)
        for (const spec of [wide, narrow]) expect(await drawSvg(spec)).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  test("long names are broken, in a column and on a telephone", async () => {
    const name = "Outplacement et accompagnement des personnes les plus éloignées du marché du travail";
    const [first] = balance.rows;
    if (first === undefined) throw new Error("no row");
    const chart = love({ ...balance, rows: [{ ...first, name }] });
    for (const [spec, width] of [
      [chart.wide, 260],
      [chart.narrow, 200],
    ] as const) {
      const parts = textsOf(await drawSvg(spec)).filter(({ text }) => name.includes(text) && text.length > 5);
      expect(parts.length).toBeGreaterThan(1);
      expect(Math.max(...parts.map(({ right }) => right))).toBeLessThan(width);
    }
  });
});

test("numbers in words stay as they are; coordinates are rounded", async () => {
  const thousand = { ...subgroups, groups: [{ name: "n = 1.204", rows: [] }] };
  expect(await drawSvg(forest(thousand).wide)).toContain(">n = 1.204</text>");
});
