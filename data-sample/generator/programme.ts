import { type Begun, branchOf, drawBegun } from "./begun.ts";
import { CUT_OFF, MENTORS_WITH_DUO } from "./branches.ts";
import { ageOn, day, plusMonths, workday } from "./days.ts";
import { isSearching } from "./life.ts";
import { byInfoSession, dealMentors, drawMentor, type Mentor } from "./mentors.ts";
import { personOf } from "./participants.ts";
import type { Person } from "./people.ts";
import { at, type Random, randomOf } from "./random.ts";
import { drawFacts, startDays } from "./slots.ts";
import type { StudyPersons } from "./story.ts";
import { ORIGINS } from "./study.ts";

export interface Mentee {
  id: string;
  readonly branch: string;
  readonly number: string | null;
  readonly person: Person;
  readonly info: number;
  readonly intake: number | null;
}
export interface Duo {
  id: string;
  readonly mentee: Mentee;
  readonly mentor: Mentor;
  readonly branch: string;
  readonly matched: number;
  readonly met: number | null;
  readonly started: number | null;
  readonly ended: number | null;
  readonly reason: string | null;
  readonly assessed: number | null;
}
export interface Programme {
  readonly mentees: readonly Mentee[];
  readonly mentors: readonly Mentor[];
  readonly duos: readonly Duo[];
}

/** Applicants who came no further, and matches whose first meeting wasn't validated. */
const STOPPED = { information: 420, intake: 380, meeting: 236 };

type Draft = Omit<Duo, "mentor" | "id">;

/** The programme's own database, before the quirks of its export. */
export function drawProgramme(studies: readonly StudyPersons[]): Programme {
  const random = randomOf("programme");
  const drafts = draftDuos(drawBegun(studies), random);
  const branches = [...new Set(drafts.map((d) => d.branch))].sort();
  const singles = Math.round(MENTORS_WITH_DUO * 0.1);
  const mentorsBy = shares(drafts, branches, MENTORS_WITH_DUO);
  const singlesBy = shares(drafts, branches, singles);
  const duos = branches.flatMap((branch, i) =>
    giveMentors(
      drafts.filter((d) => d.branch === branch),
      branch,
      at(mentorsBy, i),
      at(singlesBy, i),
    ),
  );
  const idle = drawIdle(branches, random);
  const unmet = drawUnmet(drafts, [...idle, ...duos.map((d) => d.mentor)], random);
  const all = [...duos, ...unmet].sort((a, b) => a.matched - b.matched || a.mentee.info - b.mentee.info);
  const applicants = drawApplicants(studies, random);
  const mentees = [...new Set(all.map((d) => d.mentee)), ...applicants].sort((a, b) => a.info - b.info);
  const mentors = [...new Set([...duos.map((d) => d.mentor), ...idle])].sort(byInfoSession);
  for (const [i, mentee] of mentees.entries()) mentee.id = `SYN-E${String(i + 1).padStart(5, "0")}`;
  for (const [i, mentor] of mentors.entries()) mentor.id = `SYN-R${String(i + 1).padStart(5, "0")}`;
  for (const [i, duo] of all.entries()) duo.id = `SYN-D${String(i + 1).padStart(5, "0")}`;
  return { mentees, mentors, duos: all };
}

function draftDuos(begun: readonly Begun[], random: Random): Draft[] {
  const mentees = new Map<Begun, Mentee>();
  return begun.map((b) => {
    const met = workday(b.on - random.whole(8, 16));
    const matched = workday(met - random.whole(6, 16));
    const branch = b.first === null ? branchOf(b, random) : (mentees.get(b.first)?.branch ?? "");
    const mentee = b.first === null ? newMentee(b, branch, matched, random) : mentees.get(b.first);
    if (mentee === undefined) throw new Error("a second duo without a first");
    mentees.set(b, mentee);
    const { ended, reason } = endOf(b, random);
    const assessed = random.chance(0.86) ? Math.min(ended + random.whole(3, 40), day(CUT_OFF)) : null;
    return { mentee, branch, matched, met, started: b.on, ended, reason, assessed };
  });
}

function newMentee(b: Begun, branch: string, matched: number, random: Random): Mentee {
  const intake = workday(matched - random.whole(10, 70));
  return { id: "", branch, number: b.number, person: b.person, info: workday(intake - random.whole(4, 35)), intake };
}

/** Six months of support, or an early end; a job that the register knows of ends one duo in two. */
function endOf({ on, person }: Begun, random: Random): { ended: number; reason: string } {
  const planned = plusMonths(on, 6);
  const found = person.jobs.find(
    (j) => j.from > on + 20 && j.from < planned - 10 && (j.to === null || j.to > j.from + 80),
  );
  if (found !== undefined ? random.chance(0.4) : random.chance(0.035)) {
    return { ended: workday(found?.from ?? on + random.whole(40, 160)), reason: "job_found" };
  }
  const reason = random.weighted({ completed: 862, mentee_stopped: 76, mentor_stopped: 22, moved: 18, other: 22 });
  const ended = reason === "completed" ? planned + random.whole(-6, 12) : on + random.whole(21, 165);
  return { ended: workday(ended), reason };
}

/** Whole parts of a total in proportion to the branches' duos, by largest remainder. */
function shares(drafts: readonly Draft[], branches: readonly string[], total: number): number[] {
  const exact = branches.map((b) => (total * drafts.filter((d) => d.branch === b).length) / drafts.length);
  const parts = exact.map(Math.floor);
  const order = exact.map((x, i) => ({ i, rest: x - Math.floor(x) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  const left = total - parts.reduce((a, b) => a + b, 0);
  for (const { i } of order.slice(0, left)) parts[i] = at(parts, i) + 1;
  return parts;
}

function giveMentors(drafts: readonly Draft[], branch: string, mentors: number, singles: number): Duo[] {
  const random = randomOf(`mentors ${branch}`);
  const ordered = [...drafts].sort((a, b) => a.matched - b.matched);
  const meetings = ordered.map((d) => ({ matched: d.matched, ended: d.ended ?? d.matched }));
  const dealt = dealMentors(meetings, mentors, singles, random);
  const made = new Map<number, Mentor>();
  return ordered.map((draft, i) => {
    const position = at(dealt, i);
    const mentor = made.get(position) ?? drawMentor(branch, draft.matched, random);
    made.set(position, mentor);
    return { ...draft, id: "", mentor };
  });
}

/** Mentors who were trained and never had a duo. */
function drawIdle(branches: readonly string[], random: Random): Mentor[] {
  return Array.from({ length: 140 }, () =>
    drawMentor(random.pick(branches), workday(day("2019-01-15") + random.whole(0, 2500)), random),
  );
}

/** Matches that never became a duo: the first meeting didn't take place, or wasn't validated. */
function drawUnmet(drafts: readonly Draft[], mentors: readonly Mentor[], random: Random): Duo[] {
  return Array.from({ length: STOPPED.meeting }, (): Duo => {
    const like = random.pick(drafts);
    const matched = workday(like.matched + random.whole(-20, 20));
    const mentee = applicant(like.branch, matched, null, random);
    const known = mentors.filter((m) => m.branch === like.branch && m.trained < matched);
    const mentor =
      known.length === 0
        ? at(
            mentors.filter((m) => m.branch === like.branch),
            0,
          )
        : random.pick(known);
    const met = random.chance(0.7) ? workday(matched + random.whole(6, 16)) : null;
    return {
      id: "",
      mentee,
      mentor,
      branch: like.branch,
      matched,
      met,
      started: null,
      ended: null,
      reason: null,
      assessed: null,
    };
  });
}

/** Applicants who reached the information session or the intake; some are in the register of 2018. */
function drawApplicants(studies: readonly StudyPersons[], random: Random): Mentee[] {
  const cities = ["SYN-BRU1", "SYN-BRU1", "SYN-BRU2", "SYN-GNT", "SYN-ANR", "SYN-LGG"];
  const total = STOPPED.information + STOPPED.intake - 120;
  const days = Array.from({ length: total }, (_, i) => at(startDays(2017 + (i % 8), 1, random), 0));
  const later = days.map((on, i) => {
    const mentee = applicant(random.pick(cities), on, null, random);
    return i < STOPPED.information ? { ...mentee, intake: null } : mentee;
  });
  const story = studies.find((s) => s.study.name === "actiris-2018");
  const taken = new Set(story?.elsewhere.map((start) => start.person.number));
  const known = random.shuffled(story?.pool ?? []).flatMap((person) => {
    const on = workday(day("2014-02-01") + random.whole(0, 1000));
    const fits =
      ORIGINS.some((o) => o === person.origin) && ageOn(person.birth, on) >= 18 && ageOn(person.birth, on) < 33;
    return fits && !taken.has(person.number) && isSearching(person, on)
      ? [applicant("SYN-BRU1", on, person, random)]
      : [];
  });
  return [...later, ...known.slice(0, 120)];
}

function applicant(branch: string, before: number, person: Person | null, random: Random): Mentee {
  const intake = workday(before - random.whole(10, 60));
  const qualification = random.weighted({ low: 40, medium: 30, high: 10, unknown: 20 });
  const drawn = person ?? personOf("", drawFacts(before, qualification, null, random), null, before, random);
  const info = workday(intake - random.whole(4, 30));
  return { id: "", branch, number: person?.number ?? null, person: drawn, info, intake };
}
