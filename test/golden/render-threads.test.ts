import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type RenderOptions, renderReports } from "../../reports/render.ts";
import type { RenderInput } from "../../reports/render-job.ts";
import { sha256 } from "../../src/publish/hash.ts";
import { bothPlaces, yearInput } from "../support/year-values.ts";

/** A small year of one region and the network. */
const values = [2022, 2023, 2024].flatMap((year) => [
  ...bothPlaces({ metric: "duos_started", arm: "duos", unit: "rows", period: String(year), value: 412, n: 412 }),
  ...bothPlaces({ metric: "declared_solution", arm: "duos", period: String(year), value: 0.732, lower: 0.69, upper: 0.77, n: 347 }),
]);

/** As many documents as make two threads worth their start; paper and workbook of one report only, since they take long. */
function input(): RenderInput {
  const { messages: _, region: __, pipeline, ...rest } = yearInput(values, "en");
  const reports = pipeline.reports.map((one) => (one.report === "annual" ? one : { ...one, formats: ["html" as const] }));
  return { ...rest, pipeline: { ...pipeline, reports } };
}

const hashes = async (options: RenderOptions): Promise<ReadonlyArray<readonly [string, string]>> => {
  const { files, charts } = await renderReports(input(), options);
  return [...files.map(({ path, content }) => [path, content] as const), ...charts].map(([path, content]) => [
    path,
    sha256(Buffer.from(content)),
  ]);
};

describe("rendering", () => {
  test("gives the same files to the byte, in the same order, on one thread and where two more may help later, and tells how many are done (R7)", async () => {
    const done: number[] = [];
    const one = await hashes({});
    let asked = 0;
    const threads = (): number => (asked === 1 ? 1 : 3);
    // the caller's thread waits before its third document until another thread has made one
    const goOn = async (): Promise<void> => {
      if (++asked === 3) while (done.length < 3) await setTimeout(10);
    };
    expect(await hashes({ threads, goOn, advanced: (count) => done.push(count) })).toEqual(one);
    expect(one.map(([path]) => path).slice(0, 3)).toEqual([
      "reports/annual-network-en.html",
      "reports/annual-network-en.pdf",
      "reports/annual-network-en.xlsx",
    ]);
    expect(done).toEqual(done.map((_, i) => i + 1));
    const documents = new Set(one.flatMap(([path]) => (path.startsWith("reports/") ? [path.replace(/\.\w+$/, "")] : [])));
    expect(done.length).toBe(documents.size);
    expect(documents.size).toBeGreaterThan(8);
  });

  test("stops before the next document where it is asked to, on threads too", async () => {
    for (const threads of [1, 2]) {
      let asked = 0;
      const goOn = async (): Promise<void> => {
        asked++;
        if (asked > 2) throw new Error("stopped");
      };
      await expect(renderReports(input(), { threads: () => threads, goOn })).rejects.toThrow("stopped");
      expect(asked).toBeLessThan(5);
    }
  });

  test("ends with what went wrong in a thread", async () => {
    const { protocolHash: _, ...broken } = input();
    for (const threads of [1, 2])
      await expect(renderReports(broken as RenderInput, { threads: () => threads })).rejects.toThrow(TypeError);
  });
});
