import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { editionIndex } from "../../reports/edition-index.ts";
import { renderReports } from "../../reports/render.ts";
import { type Picture, png } from "../../src/chart/picture.ts";
import { packageRoot } from "../../src/package-root.ts";
import { sha256 } from "../../src/publish/hash.ts";
import { bothPlaces, yearInput } from "../support/year-values.ts";

const picture: Picture = {
  svg: readFileSync(join(packageRoot(), "test/golden/charts/dot-interval-wide.svg"), "utf8"),
  title: "The interval clears zero in 2015 & when cohorts are pooled",
  subtitle: "Contract of at least three months, Flanders",
  source: "Source: synthetic sample data.",
  notice: "Synthetic data.",
  facts: "Region Flanders \u00b7 Period 2014\u20132016",
};

/** Width and height that a PNG states. */
function sizeOf(bytes: Uint8Array): readonly [number, number] {
  expect(Buffer.from(bytes.subarray(0, 8)).toString("latin1")).toBe("\u0089PNG\r\n\u001a\n");
  return [Buffer.from(bytes).readUInt32BE(16), Buffer.from(bytes).readUInt32BE(20)];
}

describe("a chart as a picture", () => {
  const bytes = png(picture);

  it("is twice the column's width, has the drawing and its words in it, and the same bytes again", () => {
    const [width, height] = sizeOf(bytes);
    expect(width).toBe(2 * (760 + 48));
    expect(height).toBeGreaterThan(2 * (322 + 100));
    expect(sha256(png(picture))).toBe(sha256(bytes));
  });

  it.each(["title", "subtitle", "source", "notice", "facts"] as const)("shows its %s", (word) => {
    expect(sha256(png({ ...picture, [word]: "Another one" }))).not.toBe(sha256(bytes));
  });

  it("breaks a long title into lines instead of cutting it off", () => {
    expect(sizeOf(png({ ...picture, title: "Many words more. ".repeat(20) }))[1]).toBeGreaterThan(
      sizeOf(bytes)[1] + 100,
    );
  });

  it("reads no font of the machine: words in a family that isn't bundled are set in the bundled one", () => {
    const other = picture.svg.replaceAll(/font-family="[^"]*"/g, 'font-family="DejaVu Sans"');
    expect(other).not.toBe(picture.svg);
    expect(sha256(png({ ...picture, svg: other }))).toBe(sha256(bytes));
  });
});

describe("charts of an edition", () => {
  const values = [2022, 2023, 2024].flatMap((year) => [
    ...bothPlaces({ metric: "duos_started", arm: "duos", unit: "rows", period: String(year), value: 412, n: 412 }),
    ...bothPlaces({
      ...{ metric: "declared_outcomes", arm: "duos", dimension: "outcome", level: "job", period: String(year) },
      ...{ value: 0.6, lower: 0.5, upper: 0.7, n: 347 },
    }),
  ]);
  const { messages: _, region: __, ...input } = yearInput(values, "en");
  const reports = input.pipeline.reports.map((report) => ({ ...report, formats: ["html" as const] }));
  const plain = { ...input, pipeline: { ...input.pipeline, reports } };
  const asked = { ...plain, pipeline: { ...plain.pipeline, chartPictures: true } };

  it("have a picture beside each specification where they are asked for, named in the index, and none else", async () => {
    const rendered = await renderReports(asked, { language: "en" });
    const specifications = [...rendered.charts.keys()];
    expect(specifications.length).toBeGreaterThan(0);
    expect([...rendered.pictures.keys()]).toEqual(specifications.map((path) => path.replace(".vl.json", ".png")));
    for (const bytes of rendered.pictures.values()) expect(sizeOf(bytes)[0]).toBe(1616);
    const index = editionIndex(asked, rendered);
    for (const path of rendered.pictures.keys()) expect(index).toContain(`href="${path}"`);
    const without = await renderReports(plain, { language: "en" });
    expect(without.pictures.size).toBe(0);
    expect(editionIndex(plain, without)).not.toContain(".png");
  });
});
