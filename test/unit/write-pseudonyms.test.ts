import { createHmac } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { writePseudonyms } from "../../src/commands/write-pseudonyms.ts";
import { withProject } from "../support/ingest-project.ts";

const key = "ab".repeat(32);
const pseudonymOf = (identifier: string): string =>
  createHmac("sha256", Buffer.from(key, "hex")).update(`11:participant:${identifier}`).digest("hex").slice(0, 32);

/** More lines than are held in memory. */
const MANY = 2_000_000;

let large = "";
beforeAll(() => {
  large = `number;begin\n${'A1;"2015-01-01; or so"\n'.repeat(MANY)}`;
});

const written = (text: string, use: (folder: string, told: Promise<string>) => Promise<void>) =>
  withProject({ "register.csv": text }, (folder) =>
    use(
      folder,
      writePseudonyms(
        join(folder, "register.csv"),
        { column: "number", domain: "participant", out: join(folder, "out.csv") },
        { text: key },
      ),
    ),
  );

describe("pseudonyms of a file", () => {
  test("that is too large for memory: each row once, in its order", async () => {
    await written(`${large}\n B2 ;""\r\n;2\n`, async (folder, told) => {
      expect(await told).toContain(`${MANY + 1} pseudonyms in \`number\` (domain participant), 1 empty cells`);
      const lines = readFileSync(join(folder, "out.csv"), "utf8").split("\r\n");
      expect(lines.length).toBe(MANY + 4);
      expect(new Set(lines.slice(1, MANY + 1))).toEqual(new Set([`${pseudonymOf("A1")},2015-01-01; or so`]));
      expect([lines[0], ...lines.slice(MANY + 1)]).toEqual(["number,begin", `${pseudonymOf("B2")},`, ",2", ""]);
    });
  });

  test("with rows that aren't certain behind what fits into memory is refused with each of them, and nothing is written", async () => {
    await written(`${large}A;1;2\nA\nA;"1" 2"\n${"A;1;2\n".repeat(20)}`, async (folder, told) => {
      const refused = await told.then(String, (error: Error) => error.message);
      expect(refused).toContain(`register.csv line ${MANY + 2} has 3 cells instead of 2`);
      expect(refused).toContain(`register.csv line ${MANY + 3} has 1 cells instead of 2`);
      expect(refused).toContain(`register.csv line ${MANY + 4} has quotes that aren't closed or doubled`);
      expect(refused).toContain("register.csv: 3 more such lines");
      expect(readdirSync(folder)).toEqual(["register.csv"]);
    });
  });

  test("with a national number in another column is refused, and nothing is written", async () => {
    await written("number;begin\nA;1\nB;90.01.01-001.23\n", async (folder, told) => {
      await expect(told).rejects.toThrow("`begin` holds Belgian national numbers; take the column out");
      expect(existsSync(join(folder, "out.csv"))).toBe(false);
    });
  });

  test("tells what was repaired in it", async () => {
    await written("number,begin,end\nA1,1,2\nA2,1\nA3,4,5\n", async (_, told) => {
      expect(await told).toMatch(/3 pseudonyms[^\n]*\n {2}\S+register\.csv: line 3 has 2 cells instead of 3/);
    });
  });
});
