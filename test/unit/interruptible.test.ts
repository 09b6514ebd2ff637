import { afterEach, expect, it, vi } from "vitest";
import { failedWith } from "../../src/commands/exit-code.ts";
import { interruptible } from "../../src/commands/interruptible.ts";
import type { Stop } from "../../src/run.ts";
import { Stopped } from "../../src/user-error.ts";

afterEach(() => vi.restoreAllMocks());

const said: string[] = [];
const run = <T>(fn: (stop: Stop) => Promise<T>, interrupt = () => undefined): Promise<T> => {
  said.length = 0;
  return interruptible(fn, interrupt, (text) => said.push(text));
};
const ask = (): unknown => process.emit("SIGINT", "SIGINT");

it("a run that is asked to stop ends between two steps, whatever it would have done next", async () => {
  const interrupt = vi.fn();
  const ended = run(async (stop) => {
    await stop.goOn();
    ask();
    await stop.goOn();
    return "published";
  }, interrupt);
  const error: unknown = await ended.catch((thrown: unknown) => thrown);
  expect([error, failedWith(error)]).toEqual([expect.any(Stopped), 130]);
  expect([said, interrupt.mock.calls.length]).toEqual([["stopping; Ctrl-C again stops at once"], 1]);
});

it("asked before the edition is put in its place, nothing is published", async () => {
  const ended = run(async (stop) => {
    ask();
    stop.settle();
    return "published";
  });
  await expect(ended).rejects.toThrow("nothing was published");
});

it("asked afterwards, it says so and ends as it would have", async () => {
  const ended = await run(async (stop) => {
    stop.settle();
    ask();
    return "published";
  });
  expect([ended, said]).toEqual(["published", ["too late to stop: the edition has just been put in its place"]]);
});

it("a second request ends the process at once with 130", async () => {
  const exit = vi.spyOn(process, "exit").mockImplementation(() => {
    throw new Error("exited");
  });
  const ended = run(async () => {
    ask();
    ask();
  });
  await expect(ended).rejects.toThrow();
  expect(exit).toHaveBeenCalledWith(130);
});

it("no listener stays behind", async () => {
  const before = process.listenerCount("SIGINT");
  await run(async () => undefined);
  await run(async () => Promise.reject(new Error("failed"))).catch(() => undefined);
  expect(process.listenerCount("SIGINT")).toBe(before);
});
