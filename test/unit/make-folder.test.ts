import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { builtScript, packageRoot } from "../../src/package-root.ts";
import { makeFolder } from "../../src/publish/make-folder.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "duo-impact-folders-"));
});

const failureOf = (path: string): object | undefined => {
  try {
    makeFolder(path);
    return undefined;
  } catch (error) {
    const { code, path: at } = error as NodeJS.ErrnoException;
    return { code, at };
  }
};

/** Hung in Node's own making of folders: a child with a time limit finds it, and isn't waited for. */
function told(args: readonly string[]): { readonly status: number | null; readonly stderr: string } {
  const program = builtScript("src/cli.ts");
  const options = { cwd: packageRoot(), encoding: "utf8", timeout: 30_000, killSignal: "SIGKILL" } as const;
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], options);
  return { status, stderr };
}

describe("making a folder", () => {
  it("makes those above it too, with the rights asked for, and leaves one that stands", () => {
    const inner = join(folder, "a", "b");
    makeFolder(inner, 0o700);
    for (const made of [join(folder, "a"), inner]) expect(statSync(made).mode & 0o777).toBe(0o700);
    writeFileSync(join(inner, "kept"), "");
    makeFolder(inner);
    expect(existsSync(join(inner, "kept"))).toBe(true);
    const here = process.cwd();
    process.chdir(folder);
    try {
      makeFolder("out/p");
      makeFolder("./out/q/");
    } finally {
      process.chdir(here);
    }
    expect(statSync(join(folder, "out", "p")).isDirectory() && statSync(join(folder, "out", "q")).isDirectory()).toBe(
      true,
    );
  });

  it("names the file that stands where a folder should", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const found = { code: "ENOTDIR", at: file };
    for (const path of [file, join(file, "a"), join(file, "a", "b")]) expect(failureOf(path)).toEqual(found);
    symlinkSync(join(folder, "nowhere", "at-all"), join(folder, "link"));
    expect(failureOf(join(folder, "link", "a"))).toEqual({ code: "ENOTDIR", at: join(folder, "link") });
  });

  it("names the first folder that this user has no right to make", () => {
    const closed = join(folder, "closed");
    makeFolder(closed);
    for (const outer of [join(folder, ".."), folder]) chmodSync(outer, 0o711);
    chmodSync(closed, 0o555);
    const isRoot = process.getuid?.() === 0;
    // the one user who may write anywhere becomes another for a moment
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(failureOf(join(closed, "a", "b"))).toEqual({ code: "EACCES", at: join(closed, "a") });
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it.runIf(process.platform === "linux")("ends below /proc, which takes none", () => {
    expect(failureOf("/proc/x/y")).toEqual({ code: "ENOENT", at: "/proc/x" });
  });
});

describe("the program where a folder can't be made", () => {
  const COMMANDS: ReadonlyArray<(path: string) => readonly string[]> = [
    (path) => ["start", "--out", path],
    (path) => ["run", "pipelines/sib-evaluation.yaml", "--out", path],
    (path) => ["schedule", "pipelines/sib-evaluation.yaml", "--cron", "0 3 * * *", "--out", path],
    (path) => ["patterns", "pipelines/sib-evaluation.yaml", "--out", path],
    (path) => ["init", path],
    (path) => ["keys", path],
  ];

  it.runIf(process.platform === "linux")("refuses at once below /proc, with the folder and what helps", () => {
    for (const args of COMMANDS) {
      const { status, stderr } = told(args("/proc/x"));
      expect(stderr).toMatch(
        /\/proc\/x(\.part)?: the folder can't be made, since \/proc takes none; name another folder/,
      );
      expect([args("/proc/x"), status, stderr.split("can't be made").length]).toEqual([args("/proc/x"), 1, 2]);
    }
  });

  it("refuses below a file, with its name, and writes nothing", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    for (const args of COMMANDS) {
      const { status, stderr } = told(args(join(file, "x")));
      // a schedule looks for the records of earlier runs first
      expect(stderr).toMatch(
        /\/file(\/x\/sib-evaluation\/runs)?: a folder was expected and this is a file; name another/,
      );
      expect(status).toBe(1);
    }
  });

  it("refuses pseudonyms a folder in the place of a file, and makes the file's folder", () => {
    const [csv, key] = [join(folder, "in.csv"), join(mkdtempSync(join(tmpdir(), "duo-impact-key-")), "key")];
    writeFileSync(csv, "number,name\n1,a\n");
    writeFileSync(key, "0f".repeat(32));
    const args = ["pseudonyms", csv, "--column", "number", "--domain", "d", "--key-file", key, "--out"];
    expect(told([...args, folder])).toEqual({
      status: 1,
      stderr: `Refused: --out: '${folder}' is a folder; name a file\n`,
    });
    expect(told([...args, join(folder, "new", "out.csv")]).status).toBe(0);
    expect(existsSync(join(folder, "new", "out.csv"))).toBe(true);
    if (process.platform !== "linux") return;
    const { status, stderr } = told([...args, "/proc/out.csv"]);
    expect(stderr).toContain("--out: '/proc/out.csv' can't be written, since its folder takes no files");
    expect(status).toBe(1);
  });
});
