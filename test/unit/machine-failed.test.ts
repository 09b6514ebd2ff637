import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { machineFailed } from "../../src/commands/machine-failed.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { SqlError } from "../../src/engine/engine.ts";
import { MachineFailed } from "../../src/user-error.ts";

const PLACE = { out: "out/p", engine: { memoryLimit: "8GB" }, afterwards: "Run again" };
const ofTheSystem = (code: string, path?: string): unknown =>
  machineFailed(
    Object.assign(new Error(code), { code, syscall: "write", ...(path === undefined ? {} : { path }) }),
    PLACE,
  );
const saidBy = (text: string): unknown =>
  machineFailed(new SqlError({ name: "risk.days", text: "" }, new Error(text)), PLACE);

describe("what the machine can't do", () => {
  it("is told with the place, what helps and the system's code", () => {
    expect(String(ofTheSystem("ENOSPC", "out/p/x.csv"))).toContain(
      "out/p/x.csv: no space is left on the disk; make room, or name another folder with --out (ENOSPC). Run again",
    );
    expect(String(ofTheSystem("EIO"))).toContain("out/p: the disk failed to read or write it");
    for (const code of ["EDQUOT", "EROFS", "EACCES", "EPERM", "ENOTDIR", "EMFILE"])
      expect(ofTheSystem(code)).toBeInstanceOf(MachineFailed);
  });

  it("is a folder that can't be made, told with what stands in the way and what helps", () => {
    const unmade = (code: string): string =>
      String(machineFailed(Object.assign(new Error(code), { code, syscall: "mkdir", path: "ro/p" }), PLACE));
    expect(unmade("EROFS")).toContain(
      "ro/p: the folder can't be made, since the disk is read-only; name another folder",
    );
    expect(unmade("ENOENT")).toContain("ro/p: the folder can't be made, since ro takes none; name another folder");
    expect(unmade("EACCES")).toContain("since this user has no right to write in ro; change its rights, or name");
    expect(unmade("EPERM")).toContain("since ro takes none from this user; name another folder");
    expect(unmade("ENAMETOOLONG")).toContain("since its name is too long; name another folder");
    expect(unmade("ENOSPC")).toContain("ro/p: no space is left on the disk");
  });

  it("names the temporary folder too where a write without a path finds no space", () => {
    expect(String(ofTheSystem("ENOSPC"))).toContain(`out/p or ${tmpdir()}: no space is left on the disk`);
  });

  it("is what the engine says of memory, of room for spilling and of its folder, without its SQL", () => {
    const memory = String(saidBy("Out of Memory Error: failed to allocate data of size 1 GiB"));
    expect(memory).toContain("risk.days: the engine's memory is used up (engine.memoryLimit: 8GB)");
    expect(memory).not.toContain("SQL");
    for (const text of [
      "Out of Memory Error: failed to offload data block (1 MiB/1 MiB used).\nThis limit was set by the 'max_temp_directory_size' setting.",
      'IO Error: Could not write file "/tmp/x": No space left on device',
    ])
      expect(String(saidBy(text))).toContain("no room left to spill to");
    expect(String(saidBy('IO Error: Failed to create directory "/proc/x": No such file'))).toContain("set TMPDIR");
  });

  it("is met in truth by an engine that may have little memory and spill little", async () => {
    const engine = await openDuckDb({ memoryLimit: "40MB", spillLimit: "4MB", threads: 1 });
    const wide = "select md5(cast(i as varchar)) as a, md5(cast(i + 1 as varchar)) as b from range(1000000) t(i)";
    const error = await engine.build({ name: "wide", text: wide }, []).then(
      () => undefined,
      (thrown: unknown) => machineFailed(thrown, PLACE),
    );
    await engine.close();
    expect(error).toBeInstanceOf(MachineFailed);
    expect(String(error)).toContain("wide: the engine has no room left to spill to");
  });

  it("is nothing else: a bug stays a bug", () => {
    const bug = new TypeError("x is not a function");
    expect(machineFailed(bug, PLACE)).toBe(bug);
    const missing = Object.assign(new Error("ENOENT"), { code: "ENOENT", syscall: "open" });
    expect(machineFailed(missing, PLACE)).toBe(missing);
    expect(machineFailed("text", PLACE)).toBe("text");
    const sql = new SqlError({ name: "t", text: "select" }, new Error("Catalog Error: Table t does not exist"));
    expect(machineFailed(sql, PLACE)).toBe(sql);
  });
});
