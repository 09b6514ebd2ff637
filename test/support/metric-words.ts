import { expect } from "vitest";
import { metricWords } from "../../reports/metric-words.ts";
import type { Finding } from "../../src/disclose/finding.ts";
import { LANGUAGES } from "../../src/protocol/protocol.ts";
import { loadMessages } from "../../src/wording/messages.ts";

/** Every metric has words in every language, no two the same title; `some` stand for what must be among them, `rare` are not computed here. */
export function expectWords(findings: readonly Finding[], some: readonly string[], rare: readonly string[] = []): void {
  const found = findings.map(({ metric }) => metric);
  expect(found).toEqual(expect.arrayContaining([...some]));
  const metrics = [...new Set([...found, ...rare])];
  for (const language of LANGUAGES) {
    const words = metrics.map((metric) => metricWords(metric, loadMessages(language)));
    expect(new Set(words.map(({ title }) => title)).size).toBe(metrics.length);
    for (const { text } of words) expect(text).toMatch(/\S.+\.$/);
  }
}
