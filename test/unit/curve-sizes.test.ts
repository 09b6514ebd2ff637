import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import { EXIT_CAUSES } from "../../src/cohort/follow-up.ts";
import type { FollowUpPersons } from "../../src/cohort/follow-up-persons.ts";
import type { Finding } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import type { FollowUp } from "../../src/evaluate/follow-up.ts";
import { curveFindings } from "../../src/impact/curve-findings.ts";
import { writeEdition } from "../support/edition-files.ts";

/* What curves give away of those who were lost to follow-up. */

const THRESHOLD = 5;
const RULES = { audience: "funder", threshold: THRESHOLD } as const;
const solver = await highsSolver();
const folder = mkdtempSync(join(tmpdir(), "duo-impact-curves-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const MONTHS = 4;
const EXITS = { death: "competing", deregistration: "censoring", emigration: "competing" } as const;
const CHOICE = { definition: "days90", after: 0 } as const;
const CONTEXT = { region: "brussels", asOf: "2018-03-31", pooled: "2014-2016" };

/** How many of an arm are placed and lost by month, 1 to 4; all others are followed to the end. */
interface Arm {
  readonly persons: number;
  readonly placed: readonly number[];
  readonly lost: readonly number[];
  /** Persons of a pattern of their own with this weight each, all placed in the first month. */
  readonly heavy?: { readonly persons: number; readonly weight: number };
}

function shown(participants: Arm, controls: Arm) {
  const exits: (readonly [key: number, month: number, cause: number, rows: number])[] = [];
  for (const [key, { persons, placed, lost, heavy }] of [controls, participants].entries()) {
    for (let i = 0; i < MONTHS; i++) {
      exits.push([key, i + 1, 1, placed[i] ?? 0]);
      exits.push([key, i + 1, EXIT_CAUSES.deregistered, lost[i] ?? 0]);
    }
    exits.push([key, MONTHS, 0, persons - [...placed, ...lost].reduce((sum, one) => sum + one, 0)]);
    if (heavy !== undefined) exits.push([2, 1, 1, heavy.persons]);
  }
  const column = (at: 0 | 1 | 2 | 3) => exits.map((exit) => exit[at]);
  const followUp: FollowUp = {
    arm: Uint8Array.from([0, 1, 0]),
    weights: Float64Array.from([1, 1, controls.heavy?.weight ?? 1]),
    exits: {
      ...{ key: Int32Array.from(column(0)), month: Int32Array.from(column(1)) },
      ...{ cause: Uint8Array.from(column(2)), rows: Float64Array.from(column(3)) },
    },
  };
  const persons = Object.entries({ participants, controls }).map(([arm, own]): FollowUpPersons => {
    const heavy = own.heavy?.persons ?? 0;
    const placed = [0, (own.placed[0] ?? 0) + heavy, ...own.placed.slice(1)];
    return { arm: arm as "participants", persons: own.persons + heavy, placed };
  });
  const settings = { months: MONTHS, exits: EXITS, threshold: THRESHOLD };
  return curveFindings({ followUp, persons, published: [] }, settings, CHOICE, CONTEXT).filter(
    ({ metric, arm }) => metric === "placed_by_month" && arm === "participants",
  );
}

const MANY: Arm = { persons: 900, placed: [90, 90, 90, 90], lost: [90, 90, 90, 90] };

describe("a curve with censoring", () => {
  it("would give back how many were still followed, and so how many few were lost", () => {
    // 10 of 50 placed, two lost, then 10 of the 38 left: steps between points are whole numbers over whole numbers
    const [first, second] = [10 / 50, 1 - (1 - 10 / 50) * (1 - 10 / 38)];
    const step = (second - first) / (1 - first);
    const followed = Array.from({ length: 41 }, (_, r) => r).filter(
      (r) => r >= 10 && Math.abs(step * r - Math.round(step * r)) < 1e-9 && Math.round(step * r) >= THRESHOLD,
    );
    expect(followed).toEqual([19, 38]);
  });

  it("is found by the audit where it does", async () => {
    const found = async (name: string, lost: number) => {
      const shares = [10 / 53];
      shares.push(1 - (1 - 10 / 53) * (1 - 10 / (43 - lost)));
      const points = shares.map(
        (value, i): Finding => ({
          ...{ metric: "placed_by_month", region: "brussels", period: "2014-2016", dimension: "follow_up_month" },
          ...{ level: String(i + 1), arm: "participants", value, lower: null, upper: null, n: 53, unit: "proportion" },
          ...{ definition: "first_day", window: "[0, 12) months", as_of: "2018-03-31" },
          cell: { kind: "rate", persons: {}, numerator: 10, base: 53 - 10 * i },
        }),
      );
      const { values } = await release(points, RULES, { solver });
      writeEdition(join(folder, name), values, RULES);
      return audit([readPublished(join(folder, name))], solver).recovered;
    };
    expect(await found("few", 2)).toMatchObject([{ least: 2, most: 2 }]);
    expect(await found("many", 12)).toEqual([]);
    expect(await found("none", 0)).toEqual([]);
  });

  it("ends before so few were lost", () => {
    const own = { persons: 50, placed: [10, 10, 6, 6], lost: [0, 2, 0, 0] };
    expect(shown(own, MANY).map(({ level }) => level)).toEqual(["1", "2"]);
    expect(shown({ ...own, lost: [0, 0, 0, 0] }, MANY).map(({ level }) => level)).toEqual(["1", "2", "3", "4"]);
    expect(shown({ ...own, lost: [0, 6, 0, 0] }, MANY).map(({ level }) => level)).toEqual(["1", "2", "3", "4"]);
    // lost in the last month they were followed to its end
    expect(shown({ ...own, lost: [0, 0, 0, 2] }, MANY).map(({ level }) => level)).toEqual(["1", "2", "3", "4"]);
  });

  it("tells no month that a few persons of great weight decide", () => {
    const own = { persons: 80, placed: [10, 10, 6, 6], lost: [0, 0, 0, 0] };
    const heavy = (weight: number) => ({ ...MANY, placed: [6, 90, 90, 90], heavy: { persons: 3, weight } });
    expect(shown(own, heavy(1)).map(({ level }) => level)).toEqual(["1", "2", "3", "4"]);
    expect(shown(own, heavy(60)).map(({ level }) => level)).toEqual(["2", "3", "4"]);
  });

  it("never lets few be told apart between two months that are told", () => {
    const counts = fc.array(fc.nat(8), { minLength: MONTHS, maxLength: MONTHS });
    fc.assert(
      fc.property(counts, counts, (placed, lost) => {
        const months = [0, ...shown({ persons: 90, placed, lost }, MANY).map(({ level }) => Number(level))];
        for (let i = 1; i < months.length; i++) {
          const [from = 0, to = 0] = months.slice(i - 1, i + 1);
          const gone = lost.slice(Math.max(0, from - 1), to - 1).reduce((sum, one) => sum + one, 0);
          expect(gone === 0 || gone >= THRESHOLD).toBe(true);
        }
      }),
    );
  });
});
