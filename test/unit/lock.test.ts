import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withLock } from "../../src/publish/lock.ts";
import { type LockOwner, thisProcess } from "../../src/publish/lock-owner.ts";
import { Interrupted, UserError } from "../../src/user-error.ts";

let out = "";
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "duo-impact-lock-"));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

function leave(changes: Partial<LockOwner>): void {
  mkdirSync(join(out, ".lock"));
  writeFileSync(join(out, ".lock", "owner.json"), JSON.stringify({ ...thisProcess("other"), ...changes }));
}
const taken = (): Promise<string> => withLock(out, async () => "taken");

describe("the lock of an output folder", () => {
  it("lets one run in at a time, names the one that is in, and leaves nothing behind", async () => {
    await withLock(out, async () => {
      const refused = taken();
      await expect(refused).rejects.toBeInstanceOf(UserError);
      await expect(refused).rejects.toThrow(
        `process ${process.pid} on ${hostname()} has been publishing there since 20`,
      );
    });
    await expect(
      withLock(out, async () => {
        throw new Error("failed");
      }),
    ).rejects.toThrow("failed");
    expect(readdirSync(out)).toEqual([]);
  });

  it("is taken over at once from a process that was killed, whatever the clock says", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    leave({ pid, since: "2999-01-01T00:00:00.000Z" });
    expect(await taken()).toBe("taken");
  });

  it("is taken over where another process has the number by now, or the machine was started again", async () => {
    for (const gone of [{ born: "1" }, { boot: "an earlier one" }]) {
      leave(gone);
      expect(await taken()).toBe("taken");
    }
  });

  it("is respected on another machine and in another container, until ten minutes of silence", async () => {
    for (const elsewhere of [{ host: "elsewhere" }, { pids: "another container" }]) {
      leave(elsewhere);
      await expect(taken()).rejects.toThrow("has been publishing there");
      const file = join(out, ".lock", "owner.json");
      utimesSync(file, new Date(), new Date(Date.now() - 601_000));
      expect(await taken()).toBe("taken");
    }
  });

  it("is taken over where it names nobody", async () => {
    mkdirSync(join(out, ".lock"));
    expect(await taken()).toBe("taken");
    mkdirSync(join(out, ".lock"));
    writeFileSync(join(out, ".lock", "owner.json"), "");
    expect(await taken()).toBe("taken");
  });

  it("keeps a run from publishing that has lost it", async () => {
    await withLock(out, async (lock) => {
      lock.assertHeld();
      rmSync(join(out, ".lock"), { recursive: true });
      expect(() => lock.assertHeld()).toThrow("was deleted while this run held it");
      leave({ pid: 1, born: "1" });
      expect(() => lock.assertHeld()).toThrow(Interrupted);
    });
    expect(readdirSync(out)).toEqual([".lock"]);
  });
});
