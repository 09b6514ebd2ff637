import { iso, plusMonths } from "./days.ts";
import type { Gender } from "./people.ts";
import { at, type Random } from "./random.ts";

/** What a mentor needs to know of a duo to be given it. */
export interface Meeting {
  readonly matched: number;
  readonly ended: number;
}
export interface Mentor {
  id: string;
  readonly branch: string;
  birth: number;
  readonly gender: Gender;
  readonly sector: string;
  readonly info: number;
  readonly intake: number;
  readonly trained: number;
}

const SECTORS = {
  "banking and insurance": 14,
  education: 15,
  "public administration": 16,
  health: 11,
  industry: 12,
  "trade and distribution": 9,
  "IT and telecom": 9,
  construction: 4,
  "culture and media": 6,
  "non-profit": 9,
};

/**
 * Position of the mentor of each duo of a branch, the duos given by day of matching. A mentor has one mentee at a time;
 * exactly `singles` of the `mentors` have one duo only, all others start again.
 */
export function dealMentors(duos: readonly Meeting[], mentors: number, singles: number, random: Random): number[] {
  for (let flagged = singles; flagged >= 0; flagged--) {
    for (let attempt = 0; attempt < 6; attempt++) {
      const dealt = dealOnce(duos, mentors, new Set(random.shuffled(range(mentors)).slice(0, flagged)), random);
      if (dealt !== null && singlesOf(dealt) === singles) return dealt;
    }
  }
  throw new Error(`${mentors} mentors can't be dealt to ${duos.length} duos with ${singles} of them once`);
}

interface State {
  readonly duos: number;
  readonly free: number;
}

function dealOnce(duos: readonly Meeting[], mentors: number, once: ReadonlySet<number>, random: Random) {
  const states: State[] = [];
  const dealt: number[] = [];
  for (const [i, duo] of duos.entries()) {
    const free = range(states.length).filter((m) => !once.has(m) && at(states, m).free <= duo.matched);
    const waiting = free.filter((m) => at(states, m).duos === 1);
    const wanted = Math.round(mentors * Math.min(1, (i + 1) / (0.86 * duos.length)));
    const fresh = states.length < wanted || free.length === 0;
    const mentor = fresh && states.length < mentors ? states.length : pickFree(states, free, waiting, random);
    if (mentor === null) return null;
    states[mentor] = { duos: (states[mentor]?.duos ?? 0) + 1, free: duo.ended + 10 };
    dealt.push(mentor);
  }
  return states.length === mentors ? dealt : null;
}

/** Mostly those who wait for their second duo, the longest first; else one of the last thirty to come free. */
function pickFree(states: readonly State[], free: readonly number[], waiting: readonly number[], random: Random) {
  if (free.length === 0) return null;
  const byDay = (a: number, b: number) => at(states, a).free - at(states, b).free || a - b;
  const first = [...waiting].sort(byDay)[0];
  if (first !== undefined && random.chance(0.75)) return first;
  return random.pick([...free].sort(byDay).slice(-30));
}

function singlesOf(dealt: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const mentor of dealt) counts.set(mentor, (counts.get(mentor) ?? 0) + 1);
  return [...counts.values()].filter((count) => count === 1).length;
}

/** A mentor of 51 to 71 years when trained, some weeks before the first duo. */
export function drawMentor(branch: string, firstMatched: number, random: Random): Mentor {
  const trained = firstMatched - random.whole(7, 60);
  const intake = trained - random.whole(14, 60);
  return {
    id: "",
    branch,
    birth: plusMonths(trained, -12 * random.whole(51, 70)) - random.whole(5, 330),
    gender: random.chance(0.49) ? "woman" : "man",
    sector: random.weighted(SECTORS),
    info: intake - random.whole(5, 40),
    intake,
    trained,
  };
}

function range(size: number): number[] {
  return Array.from({ length: size }, (_, i) => i);
}

/** Order of mentors in the export: by information session. */
export function byInfoSession(a: Mentor, b: Mentor): number {
  return a.info - b.info || (iso(a.birth) < iso(b.birth) ? -1 : 1);
}
