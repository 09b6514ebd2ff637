import type { AttritionRow } from "../cohort/design.ts";
import type { OutcomeChoice } from "../cohort/settings.ts";
import type { Finding } from "../disclose/finding.ts";
import { type FindingContext, findingOf } from "./finding-of.ts";

/** A count that remains, with the exits that lead to the next. */
export interface AttritionStep {
  readonly step: string;
  readonly count: number;
  readonly exits: readonly AttritionExit[];
}

interface AttritionExit {
  readonly reason: string;
  readonly count: number;
}

interface AttritionInputs {
  readonly rows: readonly AttritionRow[];
  /** Rows of duos rejected when they were read. */
  readonly rejectedDuos: number;
  readonly unmatchedParticipants: number;
  readonly unmatchedControlRows: number;
}

type Segment = { readonly step: string; readonly reasons: readonly string[] };

const SEGMENTS: Readonly<Record<AttritionRow["arm"], readonly Segment[]>> = {
  participants: [
    {
      step: "duos_received",
      reasons: ["rejected", "not_started", "later_duo", "same_person", "other_region", "other_years"],
    },
    { step: "started_in_cohort", reasons: ["unlinked", "origin", "not_registered", "in_work", "age", "immature"] },
    { step: "at_risk", reasons: ["unmatched"] },
    { step: "analysed", reasons: [] },
  ],
  controls: [
    {
      step: "person_months",
      reasons: ["already_participant", "origin", "not_registered", "in_work", "age", "not_drawn", "immature"],
    },
    { step: "controls_at_risk", reasons: ["not_similar"] },
    { step: "controls_matched", reasons: [] },
  ],
};

/**
 * From rows received to rows analysed, one reason a row; steps and exits add up.
 * Participants are counted in duos, controls in person-months of the index months.
 * @throws when the reasons do not account for every row received
 */
export function attritionSteps(arm: AttritionRow["arm"], inputs: AttritionInputs): readonly AttritionStep[] {
  const own = inputs.rows.filter((row) => row.arm === arm);
  const counts = new Map(own.map((row) => [row.reason, row.rows]));
  counts.set("rejected", inputs.rejectedDuos);
  counts.set("unmatched", inputs.unmatchedParticipants);
  counts.set("not_similar", inputs.unmatchedControlRows);
  const rejected = arm === "participants" ? inputs.rejectedDuos : 0;
  let remaining = (counts.get("received") ?? 0) + rejected;
  const steps = SEGMENTS[arm].map(({ step, reasons }) => {
    const exits = reasons
      .map((reason) => ({ reason, count: counts.get(reason) ?? 0 }))
      .filter(({ count }) => count > 0);
    const count = remaining;
    remaining -= exits.reduce((sum, exit) => sum + exit.count, 0);
    return { step, count, exits };
  });
  const expected =
    (counts.get("analysed") ?? 0) -
    (arm === "participants" ? inputs.unmatchedParticipants : inputs.unmatchedControlRows);
  if (remaining !== expected)
    throw new Error(`attrition of ${arm}: ${remaining} rows remain, ${expected} were analysed`);
  return steps;
}

/** Duos that started in the cohorts, and those of them whose participant is found in the register. */
export function linkage(participants: readonly AttritionRow[]): { readonly started: number; readonly linked: number } {
  const rowsOf = (reason: string) => participants.find((row) => row.reason === reason)?.rows ?? 0;
  const before = SEGMENTS.participants[0]?.reasons ?? [];
  const started = before.reduce((rows, reason) => rows - rowsOf(reason), rowsOf("received"));
  return { started, linked: started - rowsOf("unlinked") };
}

/**
 * The same flow without a small count: exits under the threshold are taken together, with the next smallest where they
 * are still too few; a step whose exits are too few together is joined with the one before it. How many rows were
 * rejected is told by the manifest too, so that they hide nobody: the others must be enough without them.
 */
export function withoutSmallExits(steps: readonly AttritionStep[], threshold: number): readonly AttritionStep[] {
  const flow = mergeSmallSegments(steps, threshold).map((step) => ({ ...step, exits: pooled(step.exits, threshold) }));
  const first = flow.findIndex(({ exits }) => exits.some(isOther));
  return flow.map((step, i) => (i > first ? { ...step, exits: step.exits.map(told) } : step));
}

const isOther = ({ reason }: AttritionExit): boolean => reason === "other";

/** Reasons taken together a second time in a flow have a code of their own: no place is told twice. */
const told = (exit: AttritionExit): AttritionExit => (isOther(exit) ? { ...exit, reason: "other_2" } : exit);

/** Joins a step whose exits are too few together with the one before it, the first one with the next; the last stays. */
function mergeSmallSegments(steps: readonly AttritionStep[], threshold: number): readonly AttritionStep[] {
  const isFew = (lost: number): boolean => lost > 0 && lost < threshold;
  const isSmall = ({ exits }: AttritionStep): boolean => isFew(lostIn(exits)) || isFew(personsIn(exits));
  const small = steps.findIndex(isSmall);
  const first = Math.max(0, small - 1);
  const [one, two] = [steps[first], steps[first + 1]];
  if (small < 0 || one === undefined || two === undefined || first + 1 === steps.length - 1) return steps;
  const joined = { ...one, exits: [...one.exits, ...two.exits] };
  return mergeSmallSegments([...steps.slice(0, first), joined, ...steps.slice(first + 2)], threshold);
}

function pooled(exits: readonly AttritionExit[], threshold: number): readonly AttritionExit[] {
  const ascending = exits.toSorted((a, b) => a.count - b.count || (a.reason < b.reason ? -1 : 1));
  const together: AttritionExit[] = [];
  const isShort = (): boolean => together.length > 0 && personsIn(together) < threshold;
  for (const exit of ascending)
    if (exit.count < threshold || (isShort() && exit.reason !== REJECTED)) together.push(exit);
  if (together.length < 2) return exits;
  const kept = exits.filter((exit) => !together.includes(exit));
  return [...kept, { reason: "other", count: lostIn(together) }];
}

/** Rows that were refused when they were read. */
const REJECTED = "rejected";

const lostIn = (exits: readonly AttritionExit[]): number => exits.reduce((sum, { count }) => sum + count, 0);

const personsIn = (exits: readonly AttritionExit[]): number =>
  lostIn(exits.filter(({ reason }) => reason !== REJECTED));

/** One finding a step and one an exit, in the order in which they are read. */
export function attritionFindings(
  arm: AttritionRow["arm"],
  steps: readonly AttritionStep[],
  choice: OutcomeChoice,
  context: FindingContext,
): readonly Finding[] {
  const one = (level: string, count: number): Finding =>
    findingOf(choice, context, {
      metric: "attrition",
      dimension: "attrition",
      level,
      arm,
      unit: "rows",
      value: count,
      n: count,
      cell: { kind: "count", numerator: null, base: count },
    });
  return steps.flatMap(({ step, count, exits }) => [
    one(step, count),
    ...exits.map((exit) => one(exit.reason, exit.count)),
  ]);
}
