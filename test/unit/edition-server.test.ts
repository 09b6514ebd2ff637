import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Answer, answer, servedEditions } from "../../src/publish/edition-server.ts";
import { temporaryFolder } from "../support/cli.ts";

const root = temporaryFolder("serve");
const out = join(root, "out");

function put(path: string, content: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function edition(
  pipeline: string,
  name: string,
  files: Readonly<Record<string, string>>,
  more: readonly string[] = [],
): void {
  for (const [file, content] of Object.entries(files)) put(`out/${pipeline}/${name}/${file}`, content);
  const outputs = [...Object.keys(files), ...more].map((file) => ({ file, sha256: "", bytes: 0 }));
  put(
    `out/${pipeline}/${name}/manifest.json`,
    JSON.stringify({ outputs, rows: {}, asOf: "2026-03-31", runId: name, synthetic: true }),
  );
}

beforeAll(() => {
  put("secret.json", "secret");
  put("out/.cache/rows.parquet", "secret");
  put("out/year/restricted/2024.1/participants.csv", "secret");
  put("out/year/runs/now.json", "secret");
  edition("year", "2023.1", { "index.html": "2023" });
  edition("year", "2024.1", { "index.html": "old" });
  edition("year", "2024.10", { "index.html": "<p>new</p>", "metrics/metrics.csv": "a", "reports/r-en.pdf": "%PDF" }, [
    "linked.json",
    "../../../secret.json",
    "odd.exe",
  ]);
  put("out/year/2024.10/unlisted.csv", "secret");
  put("out/year/2024.10/odd.exe", "secret");
  symlinkSync(join(root, "secret.json"), join(out, "year", "2024.10", "linked.json"));
  symlinkSync("2024.10", join(out, "year", "latest"));
  edition("bond", "2016.1", { "index.html": "bond" });
});

const list = (editions: readonly unknown[]): string => `list of ${editions.length}`;
const get = (url: string, more: { method?: string; host?: string; only?: string } = {}): Answer =>
  answer(out, { method: more.method ?? "GET", url, host: more.host ?? "127.0.0.1:8321" }, list, more.only);
const body = (url: string): string => Buffer.from(get(url).body).toString();

describe("the server of editions", () => {
  test("lists every edition, and opens the latest of a pipeline, or one by its name", () => {
    expect(body("/")).toBe("list of 4");
    expect(servedEditions(out).map(({ name, isLatest }) => `${name} ${isLatest}`)).toEqual([
      "2016.1 false",
      "2024.10 true",
      "2024.1 false",
      "2023.1 false",
    ]);
    expect(body("/year/latest/")).toBe("<p>new</p>");
    expect(body("/year/2023.1/index.html?a=1")).toBe("2023");
    expect(get("/year/latest")).toMatchObject({ status: 308, headers: { Location: "/year/latest/" } });
  });

  test("says what a file is, and keeps pages from being framed or guessed at", () => {
    const types = ["", "metrics/metrics.csv", "reports/r-en.pdf", "manifest.json"].map(
      (file) => get(`/year/latest/${file}`).headers["Content-Type"],
    );
    expect(types).toEqual([
      "text/html; charset=utf-8",
      "text/csv; charset=utf-8",
      "application/pdf",
      "application/json; charset=utf-8",
    ]);
    expect(get("/year/latest/").headers).toMatchObject({
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    });
  });

  test.each([
    "/year/latest/unlisted.csv",
    "/year/latest/odd.exe",
    "/year/latest/linked.json",
    "/year/latest/../restricted/2024.1/participants.csv",
    "/year/latest/..%2frestricted%2f2024.1%2fparticipants.csv",
    "/year/latest/%2e%2e/%2e%2e/%2e%2e/secret.json",
    "/year/latest/../../../secret.json",
    "/year/restricted/2024.1/participants.csv",
    "/year/runs/now.json",
    "/.cache/rows.parquet",
    "/../secret.json",
    "//etc/passwd",
    "/year/latest/%00",
    "/year/9999.1/",
    "/year/latest//index.html",
  ])("does not give %s", (url) => {
    const { status, body: said } = get(url);
    expect(status).toBe(404);
    expect(String(said)).not.toContain("secret");
  });

  test("refuses what only asks in another way or under another name", () => {
    expect(get("/%E0%A4%A")).toMatchObject({ status: 400 });
    expect(get("/", { method: "POST" })).toMatchObject({ status: 405 });
    expect(get("/", { host: "evil.example:8321" })).toMatchObject({ status: 403 });
    expect(get("/", { host: "localhost.evil.example" })).toMatchObject({ status: 403 });
    expect(get("/", { host: "localhost:8321" })).toMatchObject({ status: 200 });
  });

  test("serves one pipeline only where it is asked to", () => {
    expect(get("/", { only: "bond" }).body).toBe("list of 1");
    expect(get("/year/latest/", { only: "bond" })).toMatchObject({ status: 404 });
  });
});
