/** Index months: July 2014 to June 2015, so two cohort years of six months each. */
export const MONTHS = 12;
/** Months in which the outcome is looked for, from the month after the index month. */
export const WINDOW = 12;
/** In work in at least so many months of the window: `days90` at the resolution of a month. */
export const PLACED_FROM = 3;

export type Gain = "steady" | "none" | "falling";

/** One world of persons; all of them invented. */
export interface World {
  readonly name: string;
  readonly persons: number;
  /** What starting a duo does to the monthly chance of a job; `falling`: the less, the better it was without. */
  readonly gain: Gain;
  readonly reuse: "every-month" | "once" | "own-month";
  /** Values of a covariate without meaning that is matched exactly: many of them leave strata with a single unit. */
  readonly areas: number;
  /** Logit of the monthly chance to start a duo, for the reference person in the first year. */
  readonly start: number;
  /** How the second year differs: factor of the chance of a job, and shift of the logit of starting. */
  readonly secondYear: { readonly job: number; readonly start: number };
  /**
   * Instead of a chance in each month: this share of persons is invited, once, in a month drawn for them, starts if at
   * risk in it, and is seen in no other month. Controls are the others: few persons, who recur. Null worlds only.
   */
  readonly invited?: number;
}

/** Where a person belongs: qualification 0-2, gender 0-1, frailty 0-1 (never observed). */
export interface Kind {
  readonly qualification: number;
  readonly gender: number;
  readonly frailty: number;
  readonly share: number;
}

const QUALIFICATIONS = [0.5, 0.3, 0.2] as const;
const JOB = [0.02, 0.06, 0.16] as const;
const INTAKE = [0.6, 0, -0.6] as const;

export const KINDS: readonly Kind[] = QUALIFICATIONS.flatMap((share, qualification) =>
  [0, 1].flatMap((gender) => [0, 1].map((frailty): Kind => ({ qualification, gender, frailty, share: share / 4 }))),
);

/** Monthly chance that a jobseeker finds work, before (`started` 0) and after the start of a duo. */
export function jobChance(world: World, kind: Kind, month: number, started: number): number {
  const season = month < MONTHS / 2 ? 1 : world.secondYear.job;
  const own = (JOB[kind.qualification] ?? 0) * (kind.gender === 1 ? 1.2 : 1) * (kind.frailty === 1 ? 2.5 : 0.5);
  if (started === 0 || world.gain === "none") return Math.min(0.9, own * season);
  return Math.min(0.9, (world.gain === "steady" ? own * 1.6 : 0.06) * season);
}

/** Monthly chance that a job ends and its holder registers again. */
export const lossChance = (kind: Kind): number => (kind.frailty === 1 ? 0.08 : 0.12);

/** Chance that a person at risk starts a duo in the month: logistic in what is observed, blind to frailty. */
export function startChance(world: World, kind: Kind, month: number): number {
  const year = month < MONTHS / 2 ? 0 : world.secondYear.start;
  const logit = world.start + (INTAKE[kind.qualification] ?? 0) + (kind.gender === 1 ? 0.3 : 0) + year;
  return 1 / (1 + Math.exp(-logit));
}

const ORDINARY = { reuse: "every-month", areas: 1, secondYear: { job: 1.3, start: 0.4 } } as const;
const SMALL = { ...ORDINARY, persons: 150, start: -2.5 } as const;
const LARGE = { ...ORDINARY, persons: 4000, start: -5 } as const;

/** The worlds of the coverage table, and two in which a wrong turn shows most. */
export const WORLDS = {
  "small steady": { ...SMALL, gain: "steady" },
  "small null": { ...SMALL, gain: "none" },
  "small falling": { ...SMALL, gain: "falling" },
  "small sparse": { ...SMALL, gain: "steady", areas: 6 },
  "small apart": { ...SMALL, gain: "none", invited: 0.75 },
  "large steady": { ...LARGE, gain: "steady" },
  "large null": { ...LARGE, gain: "none" },
  "large falling": { ...LARGE, gain: "falling" },
  "large once": { ...LARGE, gain: "steady", reuse: "once" },
  "large once sparse": { ...LARGE, gain: "steady", reuse: "once", areas: 30 },
  "large own-month": { ...LARGE, gain: "steady", reuse: "own-month" },
  "large two years": { ...LARGE, gain: "steady", secondYear: { job: 3, start: 1.5 } },
} as const satisfies Record<string, Omit<World, "name">>;

export type WorldName = keyof typeof WORLDS;

export const worldOf = (name: WorldName): World => ({ name, ...WORLDS[name] });
