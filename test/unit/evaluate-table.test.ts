import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { answerTo, evaluate, fileOf, newFolder, problemsOf } from "../support/evaluate-command.ts";
import { agrees } from "../support/evaluate-lalonde.ts";
import { oracleRegression, oracleWeights } from "../support/evaluate-oracle.ts";
import { recurringRows } from "../support/evaluate-rows.ts";

const SMALL =
  "treated,placed,gender,age\n1,1,w,20\n1,0,m,21\n0,1,w,20\n0,0,w,20\n0,0,m,21\n0,1,m,21\n1,1,w,20\n1,0,m,21\n";
const options = { exact: ["gender"], covariates: ["age"] };

const numbersIn = (value: unknown): unknown[] =>
  value !== null && typeof value === "object" ? Object.values(value).flatMap(numbersIn) : [value];

describe("a flat file with recurring ids", () => {
  const rows = recurringRows(7, 60);
  const text = ["id,treated,placed,a,b", ...rows.map((r) => `${r.person},${r.arm},${r.y},${r.a},${r.b}`)].join("\n");

  it("has errors clustered by person, equal to the regression on its rows", async () => {
    const found = await answerTo(fileOf(text), { id: "id", exact: ["a", "b"] });
    const people = rows.map((row) => row.person);
    const oracle = oracleRegression(rows, oracleWeights(rows), people, "CR1");
    expect(found.difference.seType).toBe("CR1");
    expect(agrees(found.difference.estimate, oracle.difference)).toBe(true);
    expect(agrees(found.difference.se, oracle.se)).toBe(true);
  });

  it("counts effective persons by each person's total weight", async () => {
    const found = await answerTo(fileOf(text), { id: "id", exact: ["a", "b"] });
    const totals = new Map<number, number>();
    oracleWeights(rows).forEach((w, i) => {
      const row = rows[i];
      if (row?.arm === 0) totals.set(row.person, (totals.get(row.person) ?? 0) + w);
    });
    const sum = [...totals.values()].reduce((a, b) => a + b, 0);
    const squares = [...totals.values()].reduce((a, b) => a + b * b, 0);
    expect(agrees(found.ess.control, sum ** 2 / squares)).toBe(true);
  });

  it("says so to a person", async () => {
    const { stdout } = await evaluate(fileOf(text), { id: "id", exact: ["a", "b"], json: false });
    expect(stdout).toContain("error (CR1, by person)");
  });
});

describe("reading a flat file", () => {
  it("gives the same answer from Parquet, with booleans and numbers in their own types", async () => {
    const parquet = join(newFolder(), "people.parquet");
    const engine = await openDuckDb();
    const csv = fileOf(SMALL);
    await engine.execute({
      name: "parquet",
      text: `copy (select treated = 1 as treated, placed, gender, age from read_csv('${csv}')) to '${parquet}'`,
    });
    await engine.close();
    expect(await answerTo(parquet, options)).toEqual(await answerTo(csv, options));
  });

  it.each([
    ["semicolons", SMALL.replaceAll(",", ";")],
    ["tabs and CRLF", SMALL.replaceAll(",", "\t").replaceAll("\n", "\r\n")],
    ["a byte order mark", `\uFEFF${SMALL}`],
    ["true and FALSE", SMALL.replace(/^1/gm, "true").replace(/^0/gm, "FALSE")],
    ["yes and No", SMALL.replace(/^1,1/gm, "Yes,YES").replace(/^0,0/gm, "no,No")],
    ["oui and Non", SMALL.replace(/^1,1/gm, "Oui,OUI").replace(/^0,0/gm, "non,Non")],
    ["ja and Nee", SMALL.replace(/^1,1/gm, "Ja,ja").replace(/^0,0/gm, "nee,Nee")],
    ["quoted cells", SMALL.replaceAll("w", '"w"')],
  ])("gives the same answer with %s", async (_, text) => {
    expect(await answerTo(fileOf(text), options)).toEqual(await answerTo(fileOf(SMALL), options));
  });

  it("gives the same bytes whatever the order of rows", async () => {
    const [header, ...lines] = SMALL.replaceAll(",20", ",20.1").trimEnd().split("\n");
    const reversed = [header, ...lines.reverse()].join("\n");
    const one = await evaluate(fileOf(SMALL.replaceAll(",20", ",20.1")), options);
    expect((await evaluate(fileOf(reversed), options)).stdout).toBe(one.stdout);
  });

  it("takes 01 and 1 for different codes and 1 and 1.0 for the same number", async () => {
    const found = await answerTo(fileOf("treated,placed,code,n\n1,1,01,1\n0,1,1,1.0\n1,0,1,2\n0,0,01,2\n"), {
      exact: ["code"],
    });
    expect(found.balance.map((entry) => entry.level)).toContain("01");
    expect((await answerTo(fileOf("treated,placed,n\n1,1,1\n0,1,1.0\n"), { exact: ["n"] })).n.strata).toBe(1);
  });

  it("keeps missing text as a level of its own, and warns", async () => {
    const { stdout, stderr } = await evaluate(fileOf("treated,placed,gender\n1,1,w\n0,1,\n1,0,NA\n0,0,w\n"), {
      exact: ["gender"],
    });
    expect(JSON.parse(stdout).balance.map((entry: { level: string }) => entry.level)).toContain("(missing)");
    expect(stderr).toContain("2 rows have no `gender`");
  });

  it("warns of numbers with a decimal comma, which stay text", async () => {
    const { stderr } = await evaluate(fileOf("treated;placed;hours\n1;1;1,5\n0;1;1,5\n1;0;2\n0;0;2\n"), {
      exact: ["hours"],
    });
    expect(stderr).toContain("`hours` has numbers with a decimal comma");
  });

  it("takes a file's name and a column's name as they are", async () => {
    const odd = 'gen"der, [x] *';
    const table = fileOf(SMALL.replace("gender", `"${odd.replaceAll('"', '""')}"`), "people [1]*?.csv");
    const found = await answerTo(table, { exact: [odd], covariates: ["age"] });
    expect(found.balance[0]?.covariate).toBe(odd);
    expect(found.difference).toEqual((await answerTo(fileOf(SMALL), options)).difference);
  });

  it("leaves out lines above the header, and says so", async () => {
    const { stdout, stderr } = await evaluate(fileOf(`Extract of 1 March\n\n${SMALL}`), options);
    expect(JSON.parse(stdout)).toEqual(await answerTo(fileOf(SMALL), options));
    expect(stderr).toContain("no part of the table");
  });

  it("numbers rows in the weights file where there is no id, and keeps the strata of unmatched rows", async () => {
    const weights = join(newFolder(), "weights.csv");
    await evaluate(fileOf("treated,placed,gender,b\n1,1,w,x\n0,1,m,\n1,0,m,\n0,0,m,\n"), {
      exact: ["gender", "b"],
      weights,
    });
    expect(readFileSync(weights, "utf8").trimEnd().split("\n")).toEqual([
      "id,treated,stratum,weight",
      "1,1,w|x,0.0",
      "2,0,m|(missing),1.0",
      "3,1,m|(missing),1.0",
      "4,0,m|(missing),1.0",
    ]);
  });
});

describe("a flat file without an answer", () => {
  it.each([
    ["nobody matched", "treated,placed,gender\n1,1,w\n1,0,w\n0,1,m\n0,0,m\n"],
    ["no participants", "treated,placed,gender\n0,1,m\n0,0,m\n"],
    ["no controls", "treated,placed,gender\n1,1,m\n1,0,m\n"],
    ["one row in each arm", "treated,placed,gender\n1,1,m\n0,0,m\n"],
    ["everyone placed", "treated,placed,gender\n1,1,m\n1,1,m\n0,1,m\n0,1,m\n"],
  ])("gives nulls and a failed verdict: %s", async (_, text) => {
    const { code, stdout } = await evaluate(fileOf(text), { exact: ["gender"] });
    const found = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(found.difference.se).toBeNull();
    expect(found.difference.p).toBeNull();
    expect(found.verdicts.some((verdict: { passed: boolean }) => !verdict.passed)).toBe(true);
    expect(numbersIn(found).filter((value) => typeof value === "number" && !Number.isFinite(value))).toEqual([]);
    expect(stdout).not.toMatch(/NaN|Infinity/);
    expect((await evaluate(fileOf(text), { exact: ["gender"], json: false })).stdout).toContain("FAILED");
  });

  it("gives every unmatched participant a reason", async () => {
    const found = await answerTo(fileOf("treated,placed,gender\n1,1,w\n1,0,w\n0,1,m\n0,0,m\n"), {
      exact: ["gender"],
    });
    expect(found.unmatched).toEqual([{ reason: "no control shares the matched covariates", persons: 2 }]);
    expect(found.rates).toEqual({ treated: null, control: null });
  });
});

describe("pairs of a flat file", () => {
  it.each([
    ["nearest", 1],
    ["optimal", 2],
  ] as const)("%s says how many have fewer controls than were asked for", async (method, fewer) => {
    const table = fileOf("treated,placed,age\n1,1,20\n1,0,30\n0,1,20\n0,0,31\n0,1,22\n");
    const warned = async (ratio: number) => (await evaluate(table, { method, ratio, covariates: ["age"] })).stderr;
    expect(await warned(2)).toContain(
      `warning: ${fewer} of 2 matched participants have fewer than the 2 controls of --ratio 2: there were not enough`,
    );
    expect(await warned(3)).toContain("warning: 2 of 2 matched participants have fewer than the 3 controls");
    expect(await warned(1)).not.toContain("fewer than");
  });
});

describe("fitted weights of a flat file", () => {
  const covariates = ["age"];

  it("have an answer without an answer when an arm is empty, or moments cannot be met", async () => {
    const empty = await answerTo(fileOf("treated,placed,age\n1,1,20\n1,0,21\n"), { method: "odds", covariates });
    expect(empty.difference.estimate).toBeNull();
    expect(empty.unmatched[0]?.persons).toBe(2);
    const apart = "treated,placed,age\n1,1,20\n1,0,21\n0,1,40\n0,0,50\n0,1,60\n";
    const found = await answerTo(fileOf(apart), { method: "entropy", covariates });
    expect(found.unmatched).toEqual([{ reason: "infeasible: age", persons: 2 }]);
    expect(found.verdicts[0]).toMatchObject({ name: "anyoneMatched", passed: false });
  });

  it("are clustered by person where ids recur", async () => {
    const rows = recurringRows(5, 60);
    const text = ["id,treated,placed,a,b", ...rows.map((r) => `${r.person},${r.arm},${r.y},${r.a},${r.b}`)].join("\n");
    const options = { method: "odds", covariates: ["a", "b"] } as const;
    const clustered = await answerTo(fileOf(text), { ...options, id: "id" });
    const plain = await answerTo(fileOf(text), options);
    expect(clustered.difference.estimate).toBe(plain.difference.estimate);
    expect(clustered.difference.se).not.toBe(plain.difference.se);
  });

  it("refuse what they do not read", async () => {
    expect(await problemsOf(fileOf(SMALL), { method: "odds", covariates, exact: ["gender"] })).toEqual([
      "--exact means nothing to --method odds; leave it out",
    ]);
  });
});

describe("nearest matching of a flat file", () => {
  it("has an answer without an answer when an arm is empty", async () => {
    const found = await answerTo(fileOf("treated,placed,age\n1,1,20\n1,0,21\n"), {
      method: "nearest",
      covariates: ["age"],
    });
    expect(found.difference.estimate).toBeNull();
    expect(found.unmatched).toEqual([{ reason: "one arm is empty", persons: 2 }]);
    expect(found.verdicts[0]?.passed).toBe(false);
  });

  it("does not depend on the order of rows when ids break the ties", async () => {
    const rows = ["a,1,1,20", "b,1,0,21", "c,0,0,20", "d,0,1,20", "e,0,1,21", "f,0,0,21", "g,1,1,30", "h,0,1,29"];
    const answer = async (lines: readonly string[]) =>
      (
        await evaluate(fileOf(["id,treated,placed,age", ...lines].join("\n")), {
          method: "nearest",
          covariates: ["age"],
          distance: { column: "age" },
          order: "largest",
          id: "id",
        })
      ).stdout;
    expect(await answer([...rows].reverse())).toBe(await answer(rows));
  });

  it("clusters by person and set where ids recur", async () => {
    const rows = recurringRows(3, 60);
    const text = ["id,treated,placed,a,b", ...rows.map((r) => `${r.person},${r.arm},${r.y},${r.a},${r.b}`)].join("\n");
    const found = await answerTo(fileOf(text), { method: "nearest", covariates: ["a", "b"], id: "id" });
    expect(found.difference.seType).toBe("two-way");
    expect(found.difference.se).toBeGreaterThan(0);
  });
});
