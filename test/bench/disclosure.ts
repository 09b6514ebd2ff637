import { performance } from "node:perf_hooks";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { hiddenByRule, suppress } from "../../src/disclose/suppression/suppress.ts";
import { programmeFindings } from "../../src/indicators/programme.ts";
import { hiddenByHand, primaryOf, randomTable, systemOf } from "../support/disclosure-tables.ts";
import { uniform } from "../support/random.ts";
import { stageSample } from "../support/sample-tables.ts";
import type { Measurement } from "./bench.ts";

const RULES = { audience: "public", threshold: 5 } as const;
const TABLES = 30;

/**
 * Disclosure control of the sample's programme, 2022-2024: seconds, of which the floor is the rules alone without an
 * attack; and how much it hides, on the sample and, beside hiding by hand, on random tables. The same with counts rounded.
 */
export async function benchDisclosure(): Promise<readonly Measurement[]> {
  const { engine } = await stageSample("actiris-register-2018");
  const findings = await programmeFindings(engine, { years: [2022, 2023, 2024], asOf: "2026-03-31" });
  engine.close();
  const solver = await highsSolver();
  const rules = await timed(() => release(findings, RULES, { solver, isSecondaryOn: false }));
  const whole = await timed(() => release(findings, RULES, { solver }));
  const share = (status: string): string => {
    const hidden = whole.value.values.filter(({ conf_status }) => conf_status === status).length;
    return `${hidden} (${((100 * hidden) / findings.length).toFixed(1)} %)`;
  };
  process.stdout.write(`${findings.length} values: ${share("A")} hidden by a rule, ${share("D")} for another's sake\n`);
  const rounded = await timed(() => release(findings, { ...RULES, method: "rounding" }, { solver }));
  const few = rounded.value.values.filter(({ conf_status }) => conf_status !== "F").length;
  process.stdout.write(`rounded instead: ${few} rates of too few left out\n`);
  const hidden = { ours: 0, byHand: 0 };
  for (let seed = 0; seed < TABLES; seed++) {
    const table = randomTable(uniform(seed));
    const system = systemOf(table);
    hidden.ours += suppress(system, hiddenByRule(primaryOf(system)), solver).hidden.size;
    hidden.byHand += hiddenByHand(table).filter((value) => typeof value !== "number").length;
  }
  process.stdout.write(`${TABLES} random tables: ${hidden.ours} counts hidden, ${hidden.byHand} by hand\n`);
  return [
    { name: "disclosure control", seconds: whole.seconds, cpu: whole.cpu, floor: rules.seconds, megabytes: 0 },
    { name: "counts rounded", seconds: rounded.seconds, cpu: rounded.cpu, floor: rules.seconds, megabytes: 0 },
  ];
}

async function timed<T>(
  of: () => Promise<T>,
): Promise<{ readonly value: T; readonly seconds: number; readonly cpu: number }> {
  const [begin, used] = [performance.now(), process.cpuUsage()];
  const value = await of();
  const { user, system } = process.cpuUsage(used);
  return { value, seconds: (performance.now() - begin) / 1000, cpu: (user + system) / 1e6 };
}
