import { describe, expect, test } from "vitest";
import { sparkline } from "../../src/document/sparkline.ts";

const line = (svg: string | undefined): string | undefined => svg?.match(/ d="([^"]*)"/)?.[1];

describe("a sparkline", () => {
  test("goes from the lowest to the highest of its own values and marks the last", () => {
    const svg = sparkline([10, 30, 20]);
    expect(line(svg)).toBe("M5 22L46 6L87 14");
    expect(svg).toContain('<circle cx="87" cy="14" r="3.5"');
  });

  test("breaks where a value is missing, and shows one that stands alone as a dot", () => {
    expect(line(sparkline([10, null, 20, null, 15, 10]))).toBe("M5 22h0M37.8 6h0M70.6 14L87 22");
  });

  test("marks the last value shown where the last is missing", () => {
    expect(sparkline([10, 20, null])).toContain('<circle cx="46" cy="6"');
  });

  test("is level where nothing changes", () => {
    expect(line(sparkline([7, 7]))).toBe("M5 14L87 14");
  });

  test.each([[[]], [[5]], [[null, 5, null]], [[null, null]]])("is left out for %j", (values) => {
    expect(sparkline(values)).toBeUndefined();
  });

  test("holds no value, only places", () => {
    expect(sparkline([123456, 234567, 200000])).not.toMatch(/123456|234567|200000/);
  });
});
