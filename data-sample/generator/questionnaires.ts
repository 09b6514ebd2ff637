import { iso, yearOf } from "./days.ts";
import { csvOf } from "./files.ts";
import type { Duo } from "./programme.ts";
import { type Random, randomOf } from "./random.ts";

/*
 * Questionnaire exports as two survey tools write them. Answers lean to the good side, as such answers do; every free
 * text begins by saying that it is made up.
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
  const rows = drawAnswers(duos, 2022, 2023, 340, random).map((answer, i) => limeRow(answer, i + 1, random));
  const twice = rows[57] ?? [];
  return csvOf({ header, rows: [...rows, ["341", ...twice.slice(1)]] }, ",");
}

function limeRow({ duo, role, wave, on }: Answer, id: number, random: Random): string[] {
  const whole = random.chance(0.93);
  const scale = () => (whole || random.chance(0.5) ? likert(wave, random) : "");
  const checks = [0.6, 0.45, 0.3].map((share) => (random.chance(share) ? "Y" : ""));
  return [
    String(id),
    whole ? `${iso(on)} ${clock(random)}` : "",
    whole ? "4" : "2",
    random.weighted({ fr: 55, nl: 30, en: 15 }),
    duo.id,
    role,
    wave,
    ...[scale(), scale(), scale(), scale(), scale()],
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
    "I have a <em>concrete</em> professional project",
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
  const rows = drawAnswers(duos, 2024, 2024, 220, random).map(({ duo, role, wave, on }) => {
    const [start, submit] = [clock(random), clock(random)].sort();
    return [
      hexOf(32, random),
      role === "mentee" ? "Mentee" : "Mentor",
      wave === "entry" ? "At the start" : "At the end",
      ...[1, 2, 3, 4].map(() => AGREEMENT[Number(likert(wave, random).slice(1)) - 1] ?? ""),
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

/** Answers of both sides at entry and end, a part of the duos that started in the years. */
function drawAnswers(duos: readonly Duo[], from: number, to: number, wanted: number, random: Random): Answer[] {
  const asked = duos.filter((d) => d.started !== null && yearOf(d.started) >= from && yearOf(d.started) <= to);
  const all = asked.flatMap((duo): Answer[] => {
    const start = (duo.started ?? 0) + random.whole(1, 20);
    const end = (duo.ended ?? 0) + random.whole(1, 30);
    return (["mentee", "mentor"] as const).flatMap((role): Answer[] => [
      { duo, role, wave: "entry", on: start },
      { duo, role, wave: "end", on: end },
    ]);
  });
  return random
    .shuffled(all)
    .slice(0, wanted)
    .sort((a, b) => a.on - b.on);
}

/** A1 to A5: fully disagree to fully agree. */
function likert(wave: Answer["wave"], random: Random): string {
  const end = { A1: 2, A2: 5, A3: 13, A4: 44, A5: 36 };
  const entry = { A1: 6, A2: 17, A3: 30, A4: 34, A5: 13 };
  return random.weighted(wave === "end" ? end : entry);
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
