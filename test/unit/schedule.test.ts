import { describe, expect, it } from "vitest";
import { keepSchedule, type Scheduled } from "../../src/schedule/keep.ts";
import { plannedAfter, type Timing, timingProblem } from "../../src/schedule/plan.ts";

const NIGHTLY: Timing = { cron: "0 3 * * *", timezone: "Europe/Brussels", jitter: 0, seed: "s" };
const HOUR = 3_600_000;

describe("planned hours", () => {
  const hours = (timing: Timing, from: string, count: number): readonly string[] => {
    const found: string[] = [];
    let moment = new Date(from);
    for (let i = 0; i < count; i++) {
      moment = plannedAfter(timing, moment)?.for ?? moment;
      found.push(moment.toISOString());
    }
    return found;
  };

  it("are those of the time zone, also when its clocks change", () => {
    expect(hours(NIGHTLY, "2026-03-27T12:00:00Z", 3)).toEqual([
      "2026-03-28T02:00:00.000Z",
      "2026-03-29T01:00:00.000Z",
      "2026-03-30T01:00:00.000Z",
    ]);
    // half past two comes twice on the last Sunday of October
    expect(hours({ ...NIGHTLY, cron: "30 2 * * *" }, "2026-10-24T12:00:00Z", 2)).toEqual([
      "2026-10-25T00:30:00.000Z",
      "2026-10-26T01:30:00.000Z",
    ]);
  });

  it("are put off within the jitter, by the seed alone", () => {
    const from = new Date("2026-01-01T12:00:00Z");
    const delay = (seed: string): number => {
      const planned = plannedAfter({ ...NIGHTLY, jitter: 600, seed }, from);
      return ((planned?.at.getTime() ?? 0) - (planned?.for.getTime() ?? 0)) / 1000;
    };
    const delays = Array.from({ length: 200 }, (_, i) => delay(`host-${i}`));
    expect(delays).toEqual(Array.from({ length: 200 }, (_, i) => delay(`host-${i}`)));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThan(600);
    expect(new Set(delays.map((one) => Math.floor(one / 60))).size).toBe(10);
  });

  it("that can't be are named with what is expected", () => {
    expect(timingProblem(NIGHTLY)).toBeUndefined();
    expect(timingProblem({ ...NIGHTLY, cron: "at three" })).toContain(
      "'at three' is not a time (expected minute, hour",
    );
    expect(timingProblem({ ...NIGHTLY, cron: "0 0 3 * * *" })).toContain("is not a time");
    expect(timingProblem({ ...NIGHTLY, cron: "0 3 31 2 *" })).toBe("'0 3 31 2 *' never comes");
    expect(timingProblem({ ...NIGHTLY, timezone: "Brussels" })).toContain("timezone 'Brussels' is not known");
  });
});

describe("a schedule that is kept", () => {
  /** Lets the clock go by itself; `jumps` sets it when that moment is reached, as sleep and people do. */
  async function keep(
    pipelines: readonly Scheduled[],
    {
      from,
      until,
      jumps = [],
      runTakes = 0,
    }: { from: string; until: string; jumps?: readonly [string, string][]; runTakes?: number },
  ) {
    let now = new Date(from).getTime();
    let looks = 0;
    const [runs, said]: [string[], string[]] = [[], []];
    const left = [...jumps];
    const pass = (milliseconds: number): void => {
      now += milliseconds;
      const [next] = left;
      if (next === undefined || now < new Date(next[0]).getTime()) return;
      now = new Date(next[1]).getTime();
      left.shift();
    };
    await keepSchedule(pipelines, {
      now: () => new Date(now),
      sleep: async (milliseconds) => pass(milliseconds),
      isEnded: () => ++looks > 100_000 || (left.length === 0 && now >= new Date(until).getTime()),
      run: async (name, planned) => {
        runs.push(`${name} ${new Date(now).toISOString()} for ${planned.for.toISOString()}`);
        pass(runTakes);
      },
      say: (name, planned, note) => note && said.push(`${name} ${note} ${planned?.for.toISOString() ?? ""}`),
    });
    return { runs, said };
  }
  const one: Scheduled = { name: "a", timing: NIGHTLY };

  it("runs at each hour, once", async () => {
    const { runs, said } = await keep([one], { from: "2026-01-01T12:00:00Z", until: "2026-01-03T12:00:00Z" });
    expect(runs).toEqual([
      "a 2026-01-02T02:00:00.000Z for 2026-01-02T02:00:00.000Z",
      "a 2026-01-03T02:00:00.000Z for 2026-01-03T02:00:00.000Z",
    ]);
    expect(said).toEqual([]);
  });

  it("makes up for all that was slept through by one run", async () => {
    const { runs, said } = await keep([one], {
      from: "2026-01-01T12:00:00Z",
      until: "2026-01-05T12:00:00Z",
      jumps: [["2026-01-01T22:00:00Z", "2026-01-04T09:00:00Z"]],
    });
    expect(runs).toEqual([
      "a 2026-01-04T09:00:00.000Z for 2026-01-02T02:00:00.000Z",
      "a 2026-01-05T02:00:00.000Z for 2026-01-05T02:00:00.000Z",
    ]);
    expect(said).toEqual(["a missed 2026-01-02T02:00:00.000Z"]);
  });

  it("makes up for what was missed since the last run, before it was started", async () => {
    const lastRun = new Date("2026-01-01T02:00:00Z");
    const { runs } = await keep([{ ...one, lastRun }], { from: "2026-01-02T12:00:00Z", until: "2026-01-02T18:00:00Z" });
    expect(runs).toEqual(["a 2026-01-02T12:00:00.000Z for 2026-01-02T02:00:00.000Z"]);
  });

  it("doesn't run again because the clock went back an hour, nor stops because it was years ahead", async () => {
    const back = await keep([one], {
      from: "2026-01-01T12:00:00Z",
      until: "2026-01-02T12:00:00Z",
      jumps: [["2026-01-02T02:00:20Z", "2026-01-02T01:00:00Z"]],
    });
    expect(back.runs).toHaveLength(1);
    const ahead = await keep([one], {
      from: "2036-01-01T12:00:00Z",
      until: "2026-01-02T12:00:00Z",
      jumps: [["2036-01-02T03:00:00Z", "2026-01-01T12:00:00Z"]],
    });
    expect(ahead.runs.at(-1)).toBe("a 2026-01-02T02:00:00.000Z for 2026-01-02T02:00:00.000Z");
    expect(ahead.said).toEqual(["a clock "]);
  });

  it("runs pipelines one after the other, and what came meanwhile afterwards", async () => {
    const other: Scheduled = { name: "b", timing: { ...NIGHTLY, cron: "30 3 * * *" } };
    const { runs } = await keep([one, other], {
      from: "2026-01-01T12:00:00Z",
      until: "2026-01-02T12:00:00Z",
      runTakes: 2 * HOUR,
    });
    expect(runs).toEqual([
      "a 2026-01-02T02:00:00.000Z for 2026-01-02T02:00:00.000Z",
      "b 2026-01-02T04:00:00.000Z for 2026-01-02T02:30:00.000Z",
    ]);
  });
});
