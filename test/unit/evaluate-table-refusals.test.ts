import { describe, expect, it } from "vitest";
import { fileOf, problemsOf } from "../support/evaluate-command.ts";

const SMALL =
  "treated,placed,gender,age\n1,1,w,20\n1,0,m,21\n0,1,w,20\n0,0,w,20\n0,0,m,21\n0,1,m,21\n1,1,w,20\n1,0,m,21\n";

describe("a flat file that cannot be used is refused, naming", () => {
  const refused = (text: string, more = {}) => problemsOf(fileOf(text), { exact: ["gender"], ...more });

  it("a file that isn't there", async () => {
    expect(await problemsOf("/nowhere/people.csv", { exact: ["gender"] })).toEqual(["FILE: no such file"]);
  });

  it("an empty file, and one with a header only", async () => {
    expect(await refused("")).toEqual(["FILE is empty"]);
    expect(await refused("treated,placed,gender\n")).toEqual(["FILE has a header and no rows"]);
  });

  it("every unknown column, with near names", async () => {
    expect(await refused(SMALL, { treated: "treatd", exact: ["gendre", "colour"] })).toEqual([
      "FILE has no column `treatd`; did you mean 'treated'? There are treated, placed, gender, age",
      "FILE has no column `gendre`; did you mean 'gender'? There are treated, placed, gender, age",
      "FILE has no column `colour`; there are treated, placed, gender, age",
    ]);
  });

  it("a column by how its name begins, and a workbook by what it is", async () => {
    expect(await refused(SMALL, { exact: ["gen"] })).toEqual([
      "FILE has no column `gen`; did you mean 'gender'? There are treated, placed, gender, age",
    ]);
    expect(await refused("PK\u0003\u0004\u0000")).toEqual([
      "FILE is a workbook or a zip; save its sheet as CSV (UTF-8), or as Parquet",
    ]);
  });

  it("a column that is there twice, or plays two parts", async () => {
    expect(await refused("treated,placed,gender,gender\n1,1,w,m\n0,1,w,m\n")).toEqual([
      "FILE: the column `gender` is there 2 times; rename all but one",
    ]);
    expect(await refused(SMALL, { exact: ["gender", "placed"] })).toEqual([
      "`placed` is the outcome, so it cannot be matched on or balanced",
    ]);
  });

  it("rows and values, all at once", async () => {
    const text = "treated,placed,gender,age\n1,maybe,w,20\n2,1,m,21\n0,,w,\n,1,w,20\n0,0,w,inf\n";
    expect(await refused(text, { covariates: ["age"] })).toEqual([
      "FILE row 4, `age`: missing",
      "FILE row 6, `age`: 'inf' is not a finite number below 1e100",
      "FILE row 2, `placed`: 'maybe' is not a number up to 1e15 (nor true or false, yes or no, oui or non, ja or nee)",
      "FILE row 4, `placed`: missing",
      "FILE row 3, `treated`: '2' is neither 1 nor 0 (nor true or false, yes or no, oui or non, ja or nee)",
      "FILE row 5, `treated`: missing",
    ]);
  });

  it("ten rows of a column, and how many more there are", async () => {
    const problems = await refused(`treated,placed,gender\n${"1,?,w\n".repeat(40)}`);
    expect(problems).toHaveLength(11);
    expect(problems.at(-1)).toBe("FILE: 30 more rows like it in `placed`");
  });

  it("missing ids", async () => {
    expect(await refused("id,treated,placed,gender\na,1,1,w\n,0,1,w\n", { id: "id" })).toEqual([
      "FILE row 3, `id`: missing",
    ]);
  });

  it("a ragged line, and text that isn't UTF-8", async () => {
    expect(await refused(`${SMALL}1,1,w\n`)).toEqual(["FILE line 10 has 3 values, but the header has 4 columns"]);
    const latin1 = Uint8Array.from(
      Buffer.from("treated,placed,gender\n1,1,f\u00e9minin\n0,1,f\u00e9minin\n", "latin1"),
    );
    expect(await problemsOf(fileOf(latin1), { exact: ["gender"] })).toEqual([
      expect.stringContaining("is not text in UTF-8"),
    ]);
    expect(await problemsOf(fileOf(Buffer.from(SMALL, "utf16le")), { exact: ["gender"] })).toEqual([
      expect.stringContaining("is not text in UTF-8"),
    ]);
  });

  it("the line that isn't UTF-8, however far down and in whichever column", async () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `${i % 2},${i % 3 === 0 ? 1 : 0},x,w\n`);
    const table = (at: number) =>
      Buffer.from(`treated,placed,remark,gender\n${lines.with(at, "1,1,v,f\u00e9minin\n").join("")}`, "latin1");
    for (const at of [7, 59_000])
      expect(await problemsOf(fileOf(table(at)), { exact: ["gender"] })).toEqual([
        `FILE line ${at + 2} is not text in UTF-8; save it as CSV (UTF-8), or as Parquet`,
      ]);
    const header = Buffer.from("treated,placed,sant\u00e9,gender\n1,1,v,w\n", "latin1");
    expect(await problemsOf(fileOf(header), { exact: ["gender"] })).toEqual([
      "FILE line 1 is not text in UTF-8; save it as CSV (UTF-8), or as Parquet",
    ]);
  });

  it("options that cannot be: nothing to match on, weights over the table itself", async () => {
    const table = fileOf(SMALL);
    expect(await problemsOf(table, { exact: [], weights: table })).toHaveLength(2);
  });
});

describe("options that don't fit the method are refused, naming", () => {
  const refused = (more: Parameters<typeof problemsOf>[1]) => problemsOf(fileOf(SMALL), { exact: ["gender"], ...more });

  it("settings of another method, an error that is not for this match, and pairs without pairing", async () => {
    expect(await refused({ caliper: 0.2, replace: true, errors: "set", pairs: "pairs.csv" })).toEqual([
      "--replace means nothing to --method exact; leave it out",
      "--caliper means nothing to --method exact; leave it out",
      "--errors set is not for this match; choose HC3, CR1, HC0, HC1, HC2, CR0, CR3, matched, stratified",
      "--method exact makes no pairs; --pairs is for nearest and optimal",
    ]);
  });

  it("a column named twice in one option, and cutpoints that don't ascend", async () => {
    expect(await refused({ exact: ["gender", "age", "gender"], subgroups: ["age", "age"] })).toEqual([
      "--exact names `gender` more than once; name it once",
      "--subgroups names `age` more than once; name it once",
    ]);
    expect(await refused({ relax: [["gender"], ["age", "age"]] })).toEqual([
      "--relax names `age` more than once; name it once",
    ]);
    expect(await refused({ method: "cem", cutpoints: { age: [30, 20, 20] } })).toEqual([
      "--cutpoints age=30:20:20 doesn't ascend; write age=20:30",
    ]);
  });

  it("what a method lacks", async () => {
    expect(await refused({ method: "nearest" })).toEqual([expect.stringContaining("--covariates")]);
    expect(await refused({ errors: "CR3" })).toEqual([expect.stringContaining("--id")]);
  });

  it("settings that contradict each other, and a score that isn't a number", async () => {
    const nearest = { method: "nearest", covariates: ["age"] } as const;
    expect(await refused({ ...nearest, distance: "mahalanobis", caliper: 0.1 })).toHaveLength(1);
    expect(await refused({ ...nearest, distance: { column: "gender" } })).toEqual([
      expect.stringContaining("not all of its values are numbers"),
    ]);
    expect(await refused({ method: "cem", cutpoints: { gender: [1] } })).toHaveLength(1);
  });
});
