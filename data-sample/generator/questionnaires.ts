import { iso, yearOf } from "./days.ts";
import { csvOf } from "./files.ts";
import type { Duo } from "./programme.ts";
import { type Random, randomOf } from "./random.ts";

/*
 * Questionnaire exports as two survey tools write them: some 300 mentors and mentees a year answer at the end, fewer at
 * the start. Answers lean to the good side, as such answers do, and a person's answers lean the same way; every free text
 * begins by saying that it is made up.
 */
const TEXTS = {
  mentee: [
    "[made up] My mentor helped me to prepare two interviews.",
    "[made up] I know better which training I want.",
    "[made up] We should have met more often in the first month.",
    "[made up] Il m'a aidée à refaire mon CV et à oser téléphoner.",
    "[made up] Ik durf nu zelf naar een werkgever te stappen.",
    "[made up] My mentor had little time; still, the network counted.",
  ],
  mentor: [
    "[made up] The training was useful, the administrative part less so.",
    "[made up] J'ai beaucoup appris de la persévérance de mon mentee.",
    "[made up] A module on foreign diplomas would help.",
    "[made up] De coördinator was altijd bereikbaar.",
    "[made up] Six months are short for someone who has just arrived.",
  ],
} as const;

type Role = keyof typeof TEXTS;

interface Answer {
  readonly duo: Duo;
  readonly role: Role;
  readonly wave: "entry" | "end";
  readonly on: number;
}

/** A LimeSurvey export: byte order mark glued to `id`, answer codes, partial answers without `submitdate`. */
export function drawLimeSurvey(duos: readonly Duo[]): string {
  const random = randomOf("limesurvey");
  const header = [
    "\uFEFFid",
    "submitdate",
    "lastpage",
    "startlanguage",
    "duo",
    "role",
    "wave",
    "Q1[SQ001]",
    "Q1[SQ002]",
    "Q1[SQ003]",
    "Q1[SQ004]",
    "Q1[SQ005]",
    "Q2",
    "Q3[SQ001]",
    "Q3[SQ002]",
    "Q3[SQ003]",
    "Q3[other]",
    "Q4",
  ];
  const rows = drawAnswers(duos, 2022, 2023, random).map((answer, i) => limeRow(answer, i + 1, random));
  const twice = rows[57] ?? [];
  return csvOf({ header, rows: [...rows, [String(rows.length + 1), ...twice.slice(1)]] }, ",");
}

function limeRow({ duo, role, wave, on }: Answer, id: number, random: Random): string[] {
  const whole = random.chance(0.93);
  const mood = random.unit();
  const scales = ITEMS.map((item) => (whole || random.chance(0.5) ? likert(item, wave, mood, random) : ""));
  const checks = [0.6, 0.45, 0.3].map((share) => (random.chance(share) ? "Y" : ""));
  return [
    String(id),
    whole ? `${iso(on)} ${clock(random)}` : "",
    whole ? "4" : "2",
    random.weighted({ fr: 55, nl: 30, en: 15 }),
    duo.id,
    role,
    wave,
    ...scales,
    whole && wave === "end" ? String(nps(random)) : "",
    ...(whole ? checks : ["", "", ""]),
    whole && random.chance(0.05) ? "[made up] help with housing" : "",
    whole && random.chance(0.3) ? random.pick(TEXTS[role]) : "",
  ];
}

/** A Typeform export: `#` in front, questions as headers with HTML, `Network ID` at the end. */
export function drawTypeform(duos: readonly Duo[]): string {
  const random = randomOf("typeform");
  const header = [
    "#",
    "Your <strong>role</strong> in the duo",
    "When do you answer?",
    "Our duo has a <em>concrete</em> professional project",
    "I feel more confident",
    "My network is larger",
    "I was well supported by the team",
    "How likely are you to recommend the programme?",
    "Anything to add?",
    "duo",
    "Start Date (UTC)",
    "Submit Date (UTC)",
    "Network ID",
  ];
  const rows = drawAnswers(duos, 2024, 2024, random).map(({ duo, role, wave, on }) => {
    const mood = random.unit();
    const [start, submit] = [clock(random), clock(random)].sort();
    return [
      hexOf(32, random),
      role === "mentee" ? "Mentee" : "Mentor",
      wave === "entry" ? "At the start" : "At the end",
      ...ITEMS.slice(0, 4).map((item) => AGREEMENT[Number(likert(item, wave, mood, random).slice(1)) - 1] ?? ""),
      String(nps(random)),
      random.chance(0.35) ? random.pick(TEXTS[role]) : "",
      duo.id,
      `${iso(on)} ${start}`,
      `${iso(on)} ${submit}`,
      hexOf(10, random),
    ];
  });
  return csvOf({ header, rows }, ",");
}

const AGREEMENT = ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"];

/** Share of those asked who answer. */
const RESPONSE = { entry: 0.12, end: 0.24 } as const;

/** Answers of both sides at entry and end, a part of the duos that started in the years, as they came in. */
function drawAnswers(duos: readonly Duo[], from: number, to: number, random: Random): Answer[] {
  const asked = duos.filter((d) => d.started !== null && yearOf(d.started) >= from && yearOf(d.started) <= to);
  const all = asked.flatMap((duo): Answer[] => {
    const start = (duo.started ?? 0) + random.whole(1, 20);
    const end = (duo.ended ?? 0) + random.whole(1, 30);
    return (["mentee", "mentor"] as const).flatMap((role): Answer[] => [
      { duo, role, wave: "entry", on: start },
      { duo, role, wave: "end", on: end },
    ]);
  });
  return all.filter(({ wave }) => random.chance(RESPONSE[wave])).sort((a, b) => a.on - b.on);
}

const ITEMS = ["project", "confident", "network", "team", "organised"] as const;

/** At the end 7 in 10 say that their duo has a concrete project, 9 in 10 are more confident, 8 in 10 have a larger network. */
const AT_END = {
  project: { A1: 3, A2: 8, A3: 19, A4: 40, A5: 30 },
  confident: { A1: 1, A2: 2, A3: 7, A4: 46, A5: 44 },
  network: { A1: 2, A2: 5, A3: 13, A4: 44, A5: 36 },
  team: { A1: 2, A2: 4, A3: 8, A4: 40, A5: 46 },
  organised: { A1: 4, A2: 9, A3: 12, A4: 41, A5: 34 },
} as const;
const AT_ENTRY = { A1: 6, A2: 17, A3: 30, A4: 34, A5: 13 } as const;

/** How often an answer goes by the person's mood rather than by the item alone. */
const MOOD = 0.55;

/** A1 to A5: fully disagree to fully agree. */
function likert(item: (typeof ITEMS)[number], wave: Answer["wave"], mood: number, random: Random): string {
  const weights: Readonly<Record<string, number>> = wave === "end" ? AT_END[item] : AT_ENTRY;
  const drawn = 100 * (random.chance(MOOD) ? mood : random.unit());
  const upTo = Object.values(weights).map((_, i, all) => all.slice(0, i + 1).reduce((sum, one) => sum + one, 0));
  return `A${upTo.findIndex((sum) => drawn < sum) + 1}`;
}

function nps(random: Random): number {
  return Number(random.weighted({ "3": 2, "5": 6, "6": 7, "7": 15, "8": 24, "9": 22, "10": 24 }));
}

function clock(random: Random): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(random.whole(8, 21))}:${two(random.whole(0, 59))}:${two(random.whole(0, 59))}`;
}

function hexOf(length: number, random: Random): string {
  return Array.from({ length }, () => random.whole(0, 15).toString(16)).join("");
}
