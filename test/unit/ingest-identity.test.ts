import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { isNationalNumber } from "../../src/ingest/identity/national-numbers.ts";
import { pseudonym, pseudonymKey } from "../../src/ingest/identity/pseudonym.ts";
import { allSynthetic, checkSynthetic } from "../../src/protocol/scope.ts";
import { ingested, programme, refusal, register, withProject } from "../support/ingest-project.ts";

/** Invented: 1 January, serial 001, with the check digits worked out. */
const number = (nine: string, from2000: boolean): string =>
  nine + String(97 - (Number((from2000 ? "2" : "") + nine) % 97)).padStart(2, "0");

describe("X7: Belgian national numbers", () => {
  test.each([
    number("900101001", false),
    number("050101001", true),
    number("902101001", false),
    number("904101001", false),
  ])("%s is one", (text) => {
    expect(isNationalNumber(text)).toBe(true);
    expect(
      isNationalNumber(
        `${text.slice(0, 2)}.${text.slice(2, 4)}.${text.slice(4, 6)}-${text.slice(6, 9)}.${text.slice(9)}`,
      ),
    ).toBe(true);
  });

  test.each([number("901301001", false), number("900132001", false), "90010100100", "1", "P90010100112"])(
    "%s is none",
    (text) => {
      expect(isNationalNumber(text)).toBe(false);
    },
  );

  test("are refused without being repeated, unless the mapping states the authorisation", async () => {
    const person = number("900101001", false);
    const given = register([`P1,2014-03-01,2014-04-28,agency,,`]);
    const files = {
      ...given.files,
      "in/jobseekers.csv": `person_number,birth_on\nP1,1990-01-01\n${person},1990-01-01\n`,
    };
    const problems = await refusal(files, given.mappings);
    expect(problems).toEqual([
      expect.stringContaining("in/jobseekers.csv, `person_number` holds Belgian national numbers (first in row 3)"),
    ]);
    expect(problems.join()).not.toContain(person);
    const allowed = given.mappings.map((mapping) => ({
      ...mapping,
      nationalNumbers: { authorisation: "Decision 12/2020 of 3 March 2020" },
    }));
    await ingested(files, allowed, async ({ summary }) => expect(summary.files[0]?.accepted).toBe(2));
  });
});

describe("X7: pseudonyms", () => {
  const key = "ab".repeat(32);

  test("are keyed, and differ by domain", () => {
    const bytes = pseudonymKey({ text: key }, "/", false);
    expect(pseudonym(bytes, "register", "P1")).toBe(
      createHmac("sha256", Buffer.from(key, "hex")).update("8:register:P1").digest("hex").slice(0, 32),
    );
    expect(pseudonym(bytes, "register", "P1")).not.toBe(pseudonym(bytes, "mentee", "P1"));
  });

  test("are the demo's only where every source and the questionnaire are invented", () => {
    const invented = { synthetic: true };
    const asked = (synthetic: boolean) =>
      ({ codebook: { synthetic } }) as unknown as Parameters<typeof allSynthetic>[1];
    expect(allSynthetic([invented])).toBe(true);
    expect(allSynthetic([invented], asked(true))).toBe(true);
    expect(allSynthetic([invented, { synthetic: false }], asked(true))).toBe(false);
    expect(allSynthetic([invented], asked(false))).toBe(false);
  });

  test("of invented persons are never told as real ones, nor the other way round", () => {
    const check = (synthetic: boolean, register: boolean, pack?: boolean) =>
      checkSynthetic(
        { file: "year.yaml", pipeline: { synthetic, patterns: "actiris" } } as unknown as Parameters<
          typeof checkSynthetic
        >[0],
        [
          { source: "mentees", synthetic: false },
          { source: "register", synthetic: register },
        ],
        undefined,
        pack,
      );
    expect(() => check(true, true)).not.toThrow();
    expect(() => check(false, false, false)).not.toThrow();
    expect(() => check(false, true)).toThrow(
      "year.yaml: synthetic: false, and invented data are among what it reads (sources/register.yaml)",
    );
    expect(() => check(false, false, true)).toThrow("(the patterns of actiris)");
    expect(() => check(true, false)).toThrow("every output calls real persons invented");
  });

  test("need a key that is strong and kept outside the project; the demo key is for synthetic data only", async () => {
    expect(() => pseudonymKey({}, "/", false)).toThrow("pseudonyms need a key");
    expect(() => pseudonymKey({}, "/", false)).toThrow("openssl rand -hex 32 > ~/duo-impact.key");
    expect(() => pseudonymKey({ file: "/none" }, "/", false)).toThrow("node -p");
    expect(pseudonymKey({}, "/", true).length).toBeGreaterThan(16);
    expect(() => pseudonymKey({ text: "short" }, "/", false)).toThrow("is no key");
    await withProject({ "project/key": key, key }, async (folder) => {
      expect(() => pseudonymKey({ file: `${folder}/project/key` }, `${folder}/project`, false)).toThrow(
        "lies inside the project",
      );
      expect(pseudonymKey({ file: `${folder}/key` }, `${folder}/project`, false)).toEqual(Buffer.from(key, "hex"));
    });
  });
});

describe("severities of the mapping", () => {
  const overlapping = programme(["D1,E1,M1,B1,2014-03-01,", "D2,E2,M1,B1,2014-04-01,2014-12-01"]);
  const withRules = (rules: object, more: object = {}) =>
    overlapping.mappings.map((mapping) => ({
      ...mapping,
      tables: (mapping as { tables: readonly { table: string }[] }).tables.map((entry) =>
        entry.table === "duos" ? { ...entry, rules, ...more } : entry,
      ),
    }));

  test("a warning may become a reason to reject, and a reason to reject a warning", async () => {
    await ingested(overlapping.files, withRules({ mentor_overlap: "reject" }), async ({ summary }) =>
      expect(summary.files[3]).toMatchObject({ accepted: 1, rejected: 1, warned: 0 }),
    );
    const old = {
      ...overlapping.files,
      "in/mentees.csv": "mentee_id,branch_id,birth_on,gender\nE1,B1,1950-05-01,woman\nE2,B1,1992-05-01,man\n",
    };
    await ingested(old, withRules({ eligibility_age: "warn" }), async ({ summary }) =>
      expect(summary.files[3]).toMatchObject({ accepted: 2, rejected: 0, warned: 2 }),
    );
  });

  test("a rule may stop the run", async () => {
    expect(await refusal(overlapping.files, withRules({ mentor_overlap: "stop" }))).toEqual([
      "in/duos.csv, duos: 1 rows break 'mentor_overlap', which stops the run by its mapping; repair them",
    ]);
  });

  test("a table may have its own threshold", async () => {
    const refused = await refusal(
      overlapping.files,
      withRules({ mentor_overlap: "reject" }, { maxRejectedShare: 0.1 }),
      { maxRejectedShare: 1 },
    );
    expect(refused[0]).toBe("programme, duos: 1 of 2 rows rejected, more than the 10 % allowed; the first are:");
  });

  test("unknown rules, and warnings for cells without a value, are refused", () => {
    expect(() => withRules({ mentor_overlp: "warn" }).map((mapping) => mapping)).not.toThrow();
    return Promise.all([
      expect(refusal(overlapping.files, withRules({ mentor_overlp: "warn" }))).rejects.toThrow(
        "is not a rule; did you mean 'mentor_overlap'",
      ),
      expect(refusal(overlapping.files, withRules({ duplicate: "warn" }))).rejects.toThrow("can't be a warning only"),
    ]);
  });
});
