import { describe, expect, test } from "vitest";
import type { CohortSettings } from "../../src/cohort/settings.ts";
import { programme, register, STUDY, withCohort } from "../support/spec.ts";

describe("maturity", () => {
  const mature = (outcome: CohortSettings["outcomes"][number], extraction: string, lag = 0) =>
    withCohort(
      { ...register("P1", "P2"), ...programme({ P1: "2014-08-15", P2: "2014-09-15" }) },
      { outcomes: [outcome], extraction, reportingLagMonths: lag },
      async ({ design, table }) => {
        last = design.maturity[0]?.lastMatureMonth ?? null;
        first = design.maturity[0]?.firstImmatureMonth ?? null;
        immature = await table("risk.attrition", "arm, rows", "reason = 'immature'");
      },
    );
  let last: string | null = null;
  let first: string | null = null;
  let immature = "";

  test("a month matures with its last day, on the extraction date itself and not a day before", async () => {
    await mature({ definition: "days90", after: 0 }, "2015-08-31");
    expect([last, first]).toEqual(["2014-08", "2014-09"]);
    expect(immature).toBe("arm | rows\ncontrols | 0\nparticipants | 1");
    await mature({ definition: "days90", after: 0 }, "2015-08-30");
    expect([last, first]).toEqual([null, "2014-08"]);
    expect(immature).toBe("arm | rows\ncontrols | 1\nparticipants | 2");
  });

  test("look-ahead and lag are added to the clamped end of the window", async () => {
    // 31 August 2014 + 18 months is 29 February 2016, + 6 months is 29 August, not 31
    await mature({ definition: "sustained6m", after: 6 }, "2016-08-29");
    expect(last).toBe("2014-08");
    await mature({ definition: "sustained6m", after: 6 }, "2016-08-28");
    expect(last).toBe(null);
    await mature({ definition: "days90", after: 0 }, "2015-10-30", 2);
    expect(last).toBe(null);
    await mature({ definition: "days90", after: 0 }, "2015-10-31", 2);
    expect(last).toBe("2014-08");
  });

  test("an immature row has no outcome", () =>
    withCohort(
      { ...register("P1"), ...programme({ P1: "2014-08-15" }) },
      { outcomes: [...STUDY.outcomes, { definition: "days90", after: 6 }], extraction: "2015-12-31" },
      async ({ table }) =>
        expect(await table("risk.placements", "after, mature, y")).toBe(
          "after | mature | y\n0 | true | 0\n6 | false | ",
        ),
    ));
});
