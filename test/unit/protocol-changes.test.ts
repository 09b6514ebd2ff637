import { describe, expect, it } from "vitest";
import { protocolChanges } from "../../src/protocol/changes.ts";

const protocol = {
  evaluation: {
    effect: { error: "person" },
    cohorts: { years: [2014, 2015] },
    sensitivity: [
      { name: "odds", matching: { method: "odds", covariates: ["age_band"] } },
      { name: "relaxed", reuse: "once" },
    ],
  },
  disclosure: { threshold: 5, earlierEditions: [] as string[] },
};
type Part = Record<string, unknown>;
const changed = (change: (copy: typeof protocol) => void) => {
  const copy = structuredClone(protocol);
  change(copy);
  return protocolChanges(protocol, copy);
};

describe("changes of a protocol", () => {
  it("are none where nothing differs, whatever the order of the keys", () => {
    const { evaluation, disclosure } = protocol;
    expect(protocolChanges(protocol, { disclosure, evaluation })).toEqual([]);
  });

  it("name the setting with what it was and what it is", () => {
    expect(changed(({ evaluation }) => (evaluation.effect.error = "HC3"))).toEqual([
      { setting: "evaluation.effect.error", before: "person", after: "HC3" },
    ]);
    expect(changed(({ evaluation }) => evaluation.cohorts.years.push(2016))).toEqual([
      { setting: "evaluation.cohorts.years", before: "2014, 2015", after: "2014, 2015, 2016" },
    ]);
  });

  it("tell a setting that is new or gone from one with an empty list", () => {
    expect(changed(({ evaluation }) => ((evaluation as Part).placebo = { delta: 0.05 }))).toEqual([
      { setting: "evaluation.placebo", before: "", after: '{"delta":0.05}' },
    ]);
    expect(changed(({ disclosure }) => delete (disclosure as Part).threshold)).toEqual([
      { setting: "disclosure.threshold", before: "5", after: "" },
    ]);
  });

  it("find a named specification by its name, wherever it stands", () => {
    expect(changed(({ evaluation }) => evaluation.sensitivity.reverse())).toEqual([]);
    expect(changed(({ evaluation }) => evaluation.sensitivity.shift())).toEqual([
      {
        setting: "evaluation.sensitivity[odds]",
        before: '{"name":"odds","matching":{"method":"odds","covariates":["age_band"]}}',
        after: "",
      },
    ]);
    expect(changed(({ evaluation: { sensitivity } }) => sensitivity[0]?.matching?.covariates.push("gender"))).toEqual([
      { setting: "evaluation.sensitivity[odds].matching.covariates", before: "age_band", after: "age_band, gender" },
    ]);
  });

  it("leave out what results are held against: a new edition names the one before it", () => {
    expect(changed(({ disclosure }) => disclosure.earlierEditions.push("2016.1"))).toEqual([]);
    const of = (upper: readonly string[]) => ({ disclosure: { regrouped: { qualification: { upper } } } });
    expect(protocolChanges({ disclosure: {} }, of(["medium"]))).toEqual([]);
    expect(protocolChanges(of(["medium"]), of(["medium", "high"]))).toEqual([]);
  });
});
