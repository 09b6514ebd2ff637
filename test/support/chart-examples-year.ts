import type { Labelled } from "../../src/chart/chart.ts";
import type { FunnelInput } from "../../src/chart/funnel.ts";
import type { LikertInput, LikertRow } from "../../src/chart/likert.ts";
import type { RetentionInput } from "../../src/chart/retention.ts";
import type { SeriesPoint } from "../../src/chart/series.ts";
import type { SmallMultiplesInput } from "../../src/chart/small-multiples.ts";
import type { StackedOutcomesInput } from "../../src/chart/stacked-outcomes.ts";
import type { TrendInput } from "../../src/chart/trend.ts";

/* Invented figures of a programme's year, with the longest labels of three languages; synthetic, as all data here. */

const TOO_FEW = "Effectif trop faible pour être publié.";

export const steps: FunnelInput = {
  words: {
    name: "Étape",
    count: "Effectif",
    passed: "De l'étape\nprécédente",
    compared: "Réseau",
    passedShort: "de l'étape précédente",
  },
  steps: [
    { name: "1  Séance d'information", count: { value: 1240, text: "1\u202f240" } },
    { name: "2  Entretien individuel", count: { value: 872, text: "872" }, passed: "70 %", compared: "71 %" },
    { name: "3  Formation des mentors", count: { value: 236, text: "236 mentors" }, aside: true },
    { name: "4  Séance de matching", count: { value: 514, text: "514" }, passed: "59 %", compared: "66 %" },
    {
      name: "5  Première rencontre et validation du match par la coordination et les deux personnes",
      detail: "dans les trente jours",
      count: { value: 447, text: "447" },
      passed: "87 %",
      compared: "88 %",
    },
    { name: "6  Convention signée : début du duo", words: TOO_FEW },
    { name: "7  Six mois menés à terme", count: { value: 0, text: "0" }, passed: "0 %" },
    {
      name: "8  Évaluation par mentor et mentee",
      words: "Non publié, pour qu'un groupe plus petit ne puisse pas être recalculé à partir des autres lignes.",
    },
  ],
};

function answers(name: string, n: string, all: readonly [number, number, number, number, number]): LikertRow {
  const [stronglyDisagree, disagree, neutral, agree, stronglyAgree] = all;
  const texts = {
    disagree: String(stronglyDisagree + disagree),
    neutral: String(neutral),
    agree: String(agree + stronglyAgree),
  };
  return { name, n, shares: { stronglyDisagree, disagree, neutral, agree, stronglyAgree, texts } };
}

export const statements: LikertInput = {
  words: {
    name: "Affirmation",
    n: "n",
    disagree: "Pas d'accord",
    agree: "D'accord",
    neutral: "Ni l'un ni l'autre",
    key: {
      stronglyDisagree: "Pas du tout d'accord",
      disagree: "Plutôt pas d'accord",
      agree: "Plutôt d'accord",
      stronglyAgree: "Tout à fait d'accord",
      neutral: "Ni d'accord ni pas d'accord",
    },
  },
  rows: [
    answers("Le délai avant le matching est acceptable", "259", [9, 18, 15, 39, 19]),
    { name: "Le suivi après le duo est utile", words: TOO_FEW },
    answers("Je recommanderais le programme", "268", [1, 3, 7, 31, 58]),
    answers("La formation prépare à la recherche d'emploi d'aujourd'hui (mentors)", "118", [13, 15, 20, 36, 16]),
    answers("Les objectifs du duo étaient clairs", "261", [2, 6, 11, 40, 41]),
  ],
};

/** Nobody agrees, everybody does, everybody stands between. */
export const extremes: LikertInput = {
  words: {
    name: "Stelling",
    n: "n",
    disagree: "Oneens",
    agree: "Eens",
    neutral: "Noch eens noch oneens",
    key: {
      stronglyDisagree: "Helemaal oneens",
      disagree: "Eerder oneens",
      agree: "Eerder eens",
      stronglyAgree: "Helemaal eens",
      neutral: "Noch eens noch oneens",
    },
  },
  rows: [
    answers("De coördinator is bereikbaar", "12", [100, 0, 0, 0, 0]),
    answers("De mentorenopleiding bereidt voor op de arbeidsmarkt", "31", [0, 0, 100, 0, 0]),
    answers("Ik raad het mentorprogramma aan", "1.204", [0, 0, 0, 0, 100]),
  ],
};

const percent = (value: number): string => `${value}\u00a0%`;

function yearly(values: ReadonlyArray<number | string | undefined>, half = 4): SeriesPoint[] {
  return values.flatMap((value, i): SeriesPoint[] => {
    const at = 2019 + i;
    if (value === undefined) return [];
    if (typeof value === "string") return [{ at, words: value }];
    return [{ at, value, lower: Math.max(0, value - half), upper: Math.min(100, value + half) }];
  });
}

const YEARS = [2019, 2020, 2021, 2022, 2023, 2024];

/** One region; a year without data, and one that is not published. */
export const oneTrend: TrendInput = {
  locale: "fr-BE",
  years: YEARS,
  series: [
    {
      name: "Région de Bruxelles-Capitale",
      endText: percent(70),
      points: yearly([66, undefined, "Non publié", 64, 67, 70], 5),
    },
  ],
};

export const fourTrends: TrendInput = {
  locale: "nl-BE",
  years: YEARS,
  series: [
    { name: "Brussels Hoofdstedelijk Gewest", endText: "70%", points: yearly([66, 61, 63, 64, 67, 70], 5) },
    { name: "Vlaams Gewest", endText: "68%", points: yearly([58, 60, 62, 66, 66, 68], 4) },
    {
      name: "Waals Gewest",
      endText: "55% (2023)",
      points: yearly([49, "Te weinig personen.", 52, 50, 55, "Te weinig personen."], 8),
    },
    { name: "Netwerk", endText: "69%", points: yearly([60, 60, 62, 65, 66, 69], 3) },
  ],
};

export const oneYear: TrendInput = {
  locale: "en-GB",
  years: [2024],
  series: [{ name: "Brussels-Capital", endText: "70%", points: [{ at: 2024, value: 70, lower: 64, upper: 76 }] }],
};

export const regions: SmallMultiplesInput = {
  locale: "fr-BE",
  words: { own: "Région, intervalle de confiance à 95 %", reference: "Réseau" },
  years: YEARS,
  reference: yearly([60, 60, 62, 65, 66, 69]),
  panels: [
    {
      name: "Bruxelles-Capitale",
      detail: "n = 380",
      endText: percent(70),
      points: yearly([66, 61, 63, 64, 67, 70], 5),
    },
    { name: "Flandre", detail: "n = 310", endText: percent(68), points: yearly([58, 60, undefined, 66, 66, 68], 5) },
    { name: "Liège", detail: "n = 92", endText: percent(55), points: yearly([49, 47, TOO_FEW, 50, 53, 55], 9) },
    { name: "Hainaut et Namur, antennes de Charleroi et de Namur", words: TOO_FEW, points: [] },
    {
      name: "Pays-Bas",
      detail: "n = 41",
      endText: percent(0),
      points: yearly([undefined, undefined, undefined, undefined, undefined, 0], 0),
    },
  ],
};

export const returns: RetentionInput = {
  locale: "fr-BE",
  words: { months: "Mois depuis la fin du premier duo" },
  series: [
    {
      name: "Mentors",
      endText: percent(52),
      points: [
        { at: 3, value: 18, lower: 14, upper: 22 },
        { at: 6, value: 31, lower: 26, upper: 36 },
        { at: 12, value: 42, lower: 36, upper: 48 },
        { at: 18, words: TOO_FEW },
        { at: 24, value: 50, lower: 43, upper: 57 },
        { at: 36, value: 52, lower: 44, upper: 60 },
      ],
    },
  ],
};

const shares = (...values: readonly number[]): Labelled[] => values.map((value) => ({ value, text: percent(value) }));

export const outcomes: StackedOutcomesInput = {
  parts: [
    { name: "Emploi", fill: "a" },
    { name: "Formation", fill: "aPale" },
    { name: "Stage", fill: "aOpen" },
    { name: "Autre solution", fill: "tint" },
    { name: "Pas de solution", fill: "grey" },
    { name: "Situation inconnue", fill: "hatch" },
  ],
  rows: [
    { name: "Bruxelles 2024", detail: "n = 380", strong: true, shares: shares(50, 14, 6, 3, 19, 8) },
    { name: "Bruxelles 2023", detail: "n = 352", shares: shares(48, 15, 2, 2, 24, 9) },
    { name: "Réseau 2024, toutes les antennes ensemble", detail: "n = 948", shares: shares(98, 0, 1, 1, 0, 0) },
    { name: "Flandre 2024", detail: "n = 12", shares: shares(0, 0, 0, 0, 0, 100) },
    { name: "Liège 2024", words: TOO_FEW },
    {
      name: "Hainaut 2024",
      detail: "n = 64",
      shares: [...shares(50), null, null, ...shares(5, 17, 8)],
      words: "Formation et stage : non publiés, pour qu'un groupe plus petit ne puisse pas être recalculé.",
    },
  ],
};

/** Four parts, whose names have room over the first bar. */
export const solutions: StackedOutcomesInput = {
  parts: [
    { name: "Werk", fill: "a" },
    { name: "Stage, opleiding", fill: "aPale" },
    { name: "Geen oplossing", fill: "grey" },
    { name: "Onbekend", fill: "hatch" },
  ],
  rows: [
    { name: "Vlaanderen 2024", detail: "n = 310", strong: true, shares: shares(47, 22, 21, 10) },
    { name: "Netwerk 2024", detail: "n = 948", shares: shares(49, 20, 23, 8) },
  ],
};
