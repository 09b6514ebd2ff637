import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkDeclared } from "../../src/disclose/earlier/declared-groups.ts";
import { readEarlierEditions } from "../../src/publish/earlier-editions.ts";
import { writeEdition } from "../support/edition-files.ts";
import { releasedValue } from "../support/year-values.ts";

it("an earlier edition showed persons out of others with both numbers, a mean with its base, and tells what it hid", () => {
  const folder = mkdtempSync(join(tmpdir(), "duo-impact-earlier-"));
  mkdirSync(join(folder, "2024.1", "metrics"), { recursive: true });
  const rows = [
    releasedValue({ metric: "eeco05", arm: "participants", value: 12, n: 60, unit: "persons" }),
    releasedValue({ metric: "esf_left", arm: "participants", value: 60, n: 60, unit: "persons" }),
    releasedValue({ metric: "declared_job", arm: "duos", value: 0.25, n: 60 }),
    releasedValue({ metric: "survey_theme_score", arm: "mentees", value: 4.1, n: 60, unit: "score" }),
    releasedValue({ metric: "eeco02", arm: "participants", unit: "persons", hidden: "A" }),
  ];
  writeFileSync(join(folder, "2024.1", "metrics", "metrics.json"), JSON.stringify(rows));
  const { values } = readEarlierEditions(folder, ["2024.1"]);
  rmSync(folder, { recursive: true });
  expect(
    values.map((one) => [one.edition, one.place.metric, one.base, "numerator" in one ? one.numerator : "hidden"]),
  ).toEqual([
    ["2024.1", "eeco05", 60, 12],
    ["2024.1", "esf_left", 60, null],
    ["2024.1", "declared_job", 60, 15],
    ["2024.1", "survey_theme_score", 60, null],
    ["2024.1", "eeco02", null, "hidden"],
  ]);
});

it("levels of an earlier edition may be declared of which it told no number, where its counts were rounded too", () => {
  const folder = mkdtempSync(join(tmpdir(), "duo-impact-earlier-"));
  const level = (name: string, hidden: "A" | undefined) =>
    releasedValue({
      ...{ metric: "placement_rate", arm: "participants", dimension: "qualification", level: name },
      ...(hidden === undefined ? { value: 0.5, n: 60 } : { hidden }),
    });
  writeEdition(join(folder, "2024.1"), [level("medium", undefined), level("high", "A")], { method: "rounding" });
  const { places } = readEarlierEditions(folder, ["2024.1"]);
  rmSync(folder, { recursive: true });
  const declared = (...old: readonly string[]) => checkDeclared({ qualification: { upper: old } }, places);
  expect(() => declared("medium", "high")).not.toThrow();
  expect(() => declared("medium", "low")).toThrow("no earlier edition tells of 'low'");
});
