import { expect, it } from "vitest";
import { deletedSums, effectByDeletion, type PersonSums } from "../../src/evaluate/delete-one-person.ts";
import { armMeans } from "../../src/evaluate/effect.ts";
import { matchExact } from "../../src/evaluate/exact.ts";
import { agrees } from "../support/evaluate-lalonde.ts";
import { aggregate, oracleWeights } from "../support/evaluate-oracle.ts";
import { recurringRows } from "../support/evaluate-rows.ts";

it.each([1, 2, 3])("CR3 is the jackknife that leaves out one person at a time: seed %i", (seed) => {
  const rows = recurringRows(seed, 25);
  const w = oracleWeights(rows);
  const difference = (without: number | null): number => {
    const mean = (arm: number): number => {
      const kept = rows.flatMap((row, i) =>
        row.arm === arm && row.person !== without ? [{ y: row.y, w: w[i] ?? 0 }] : [],
      );
      return kept.reduce((t, r) => t + r.w * r.y, 0) / kept.reduce((t, r) => t + r.w, 0);
    };
    return mean(1) - mean(0);
  };
  const people = [...new Set(rows.map((row) => row.person))];
  const full = difference(null);
  const jackknife = Math.sqrt(people.reduce((t, person) => t + (difference(person) - full) ** 2, 0));

  const { patterns, outcomes } = aggregate(rows);
  const sample = { patterns, outcomes, weights: matchExact(patterns, { on: ["index_month", "a", "b"] }).weights };
  const means = armMeans(sample);
  const sums = people.map((person): PersonSums => {
    const of = (arm: 0 | 1) =>
      rows.flatMap((row, i) => (row.person === person && row.arm === arm ? [{ ...row, w: w[i] ?? 0 }] : []));
    const weight = (arm: 0 | 1): number => of(arm).reduce((t, row) => t + row.w, 0);
    const influence = (arm: 0 | 1): number =>
      of(arm).reduce((t, row) => t + row.w * (row.y - (means.mean[arm === 1 ? 0 : 1] ?? 0)), 0);
    return { influenceT: influence(1), weightT: weight(1), influenceC: influence(0), weightC: weight(0) };
  });
  const effect = effectByDeletion(sample, deletedSums(sums, means.weight[0] ?? 0, means.weight[1] ?? 0));
  expect(agrees(effect.difference.se, jackknife)).toBe(true);
  expect(effect.difference.seType).toBe("CR3");
});
