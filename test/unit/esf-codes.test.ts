import { expect, test } from "vitest";
import { ESF_CODES, ESF_SHARES, ESF_WHOLES } from "../../src/indicators/esf-codes.ts";

test("every common indicator is counted once, and whatever is counted has a title or is a whole of ours", () => {
  const counted = [
    ...Object.keys(ESF_WHOLES),
    ...Object.values(ESF_WHOLES).flat(2),
    ...Object.values(ESF_SHARES).flat(),
  ].filter((code) => !code.startsWith("esf_"));
  const titled = ESF_CODES.map(({ code }) => code.toLowerCase());
  expect([...counted].sort()).toEqual([...titled].sort());
});

test("the annex has seventeen outputs and six results", () => {
  const numbers = (prefix: string): readonly number[] =>
    ESF_CODES.filter(({ code }) => code.startsWith(prefix)).map(({ code }) => Number(code.slice(4)));
  expect(numbers("EECO")).toEqual(Array.from({ length: 17 }, (_, index) => index + 1));
  expect(numbers("EECR")).toEqual(Array.from({ length: 6 }, (_, index) => index + 1));
});
