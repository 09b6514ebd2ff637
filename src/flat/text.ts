import type { SeType } from "../evaluate/effect.ts";
import type { Evaluation } from "../evaluate/evaluation.ts";
import type { Verdict } from "../evaluate/verdicts.ts";
import type { TableEvaluation } from "./evaluate-table.ts";
import { balanceText } from "./text-balance.ts";
import { aligned, type Cells, fixed, interval, ofAnySize, pValue, shown } from "./text-cells.ts";
import { biasText, mantelHaenszelText, plainText, propensityText, subgroupText } from "./text-further.ts";

/** One evaluation as plain text for a person at a terminal: the call, counts, rates, effect, balance, verdicts. */
export function evaluationText(table: string, found: TableEvaluation): string {
  const { evaluation, title, proportion } = found;
  const { call, plainTable, mantelHaenszel, propensity, subgroups = [], hiddenBias = {} } = evaluation;
  const sections = [
    `${table}: ${title}; outcome ${call.outcome}`,
    aboutLines(found),
    aligned(armRows(evaluation, call.outcome, proportion)),
    aligned(effectRows(evaluation, proportion)),
    inWords(evaluation, call.outcome, proportion),
    detectableText(evaluation),
    ...subgroups.map((one) => subgroupText(one, proportion)),
    plainTable === undefined ? "" : plainText(plainTable),
    mantelHaenszel === undefined ? "" : mantelHaenszelText(mantelHaenszel),
    biasText(hiddenBias),
    unmatchedLines(evaluation),
    propensity === undefined ? "" : propensityText(propensity),
    balanceText(evaluation),
    aligned([["verdict", "found", "asked", ""], ...evaluation.verdicts.map(verdictRow)]),
    evaluation.verdicts.every(({ passed }) => passed)
      ? ""
      : "A verdict failed: no conclusion should rest on this result.",
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function aboutLines({ evaluation, recurs, proportion }: TableEvaluation): string {
  const { call, estimand, difference } = evaluation;
  const rates = proportion ? "; Wilson's for rates, on the log for ratios" : "";
  return [
    `estimand: ${estimand.words}`,
    `arms: participants have \`${call.treated}\` 1 (true, yes, oui, ja), controls 0 (false, no, non, nee)`,
    `error: ${ERROR_WORDS[difference.seType]}; intervals are 95 %${rates}`,
    ...(recurs ? [`ids recur in \`${call.id}\`: effective sizes and persons are counted by id`] : []),
  ].join("\n");
}

/** How each error is made, for a reader who knows the names. */
const ERROR_WORDS: Readonly<Record<SeType, string>> = {
  HC0: "HC0, the weights taken as fixed",
  HC1: "HC1, the weights taken as fixed",
  HC2: "HC2, the weights taken as fixed",
  HC3: "HC3, the weights taken as fixed",
  CR0: "CR0, clustered by person",
  CR1: "CR1, clustered by person",
  CR3: "CR3, leaving out one person at a time",
  set: "clustered by matched set (CR1)",
  "two-way": "two-way, clustered by person and by matched set",
  matched: "Abadie-Imbens, from the strata",
  stratified: "plug-in from the strata, which understates",
  stacked: "from influence functions, what is fitted counted in",
};

function unmatchedLines({ unmatched, rungs = [] }: TableEvaluation["evaluation"]): string {
  const ladder = rungs.map(({ on, participants }) => `${participants} participants matched on ${on.join(", ")}`);
  const lost = unmatched.map(({ reason, persons }) => `${persons} participants unmatched: ${reason}`);
  return [...ladder, ...lost].join("\n");
}

function armRows(found: Evaluation, outcome: string, proportion: boolean): readonly Cells[] {
  const value = shown(proportion);
  const range = (arm: "treated" | "control") =>
    interval(shown(proportion, ""), found.rateIntervals[arm].lower, found.rateIntervals[arm].upper);
  return [
    ["", "participants", "controls"],
    ["rows", String(found.n.treated), String(found.n.control)],
    ["matched", String(found.n.matchedTreated), String(found.n.matchedControl)],
    ["effective (ESS)", fixed(found.ess.treated, 1), fixed(found.ess.control, 1)],
    [outcome, value(found.rates.treated), value(found.rates.control)],
    ["95 % interval", range("treated"), range("control")],
  ];
}

function effectRows(found: Evaluation, proportion: boolean): readonly Cells[] {
  const value = shown(proportion, "");
  const unit = proportion ? " points" : "";
  const { difference, relative, riskRatio, oddsRatio } = found;
  const ratio = (x: number | null) => ofAnySize(x, 3);
  const percent = shown(true);
  const bare = shown(true, "");
  return [
    ["", "estimate", "95 % interval"],
    [
      "difference",
      `${value(difference.estimate)}${difference.estimate === null ? "" : unit}`,
      interval(value, difference.lower, difference.upper),
    ],
    ["relative uplift", percent(relative.estimate), interval(bare, relative.lower, relative.upper)],
    ["risk ratio", ratio(riskRatio.estimate), interval(ratio, riskRatio.lower, riskRatio.upper)],
    ...(proportion
      ? [["odds ratio", ratio(oddsRatio.estimate), interval(ratio, oddsRatio.lower, oddsRatio.upper)]]
      : []),
    [
      `error (${ERROR_NAMES[difference.seType] ?? difference.seType})`,
      `${value(difference.se)}${difference.se === null ? "" : unit}`,
      "",
    ],
    ["p", pValue(difference.p), ""],
  ];
}

const ERROR_NAMES: Readonly<Partial<Record<SeType, string>>> = {
  CR0: "CR0, by person",
  CR1: "CR1, by person",
  CR3: "CR3, by person",
  set: "by matched set",
  "two-way": "by person and set",
  stacked: "with the fit",
};

/** The difference as a sentence, range first. */
function inWords({ difference, n, verdicts }: Evaluation, outcome: string, proportion: boolean): string {
  const { lower, upper } = difference;
  if (n.matchedTreated === 0) return "Nobody is matched, so there is no effect to tell.";
  if (lower === null || upper === null) return "The difference has no interval; the verdicts say why.";
  const unit = proportion ? " percentage points" : "";
  const told = (value: number) => shown(proportion, "")(Math.abs(value));
  if (lower > 0 || upper < 0) {
    const [least, most] = lower > 0 ? [lower, upper] : [upper, lower];
    const side = lower > 0 ? "higher" : "lower";
    return `\`${outcome}\` is between ${told(least)} and ${told(most)}${unit} ${side} for participants than for similar controls. ${verdicts.every(({ passed }) => passed) ? "This is a statistically significant result." : "A verdict below failed, so nothing is concluded from it."}`;
  }
  return `\`${outcome}\` could be as much as ${told(lower)}${unit} lower for participants than for similar controls, or as much as ${told(upper)} higher: the data do not tell which. That is not a finding of no effect.`;
}

/** What a comparison of this size could find at all. */
function detectableText({ detectable }: TableEvaluation["evaluation"]): string {
  if (detectable == null) return "";
  const { controlRate, planned, increase } = detectable;
  const rate = `a controls' rate of ${shown(true)(controlRate)}${planned ? "" : ", as found (--planned-rate gives one beforehand)"}`;
  return increase === null
    ? `No increase would be found with 80 % power by arms of this effective size, from ${rate}.`
    : `The least increase that arms of this effective size find with 80 % power: ${shown(true, "")(increase)} points, from ${rate}.`;
}

/** Verdicts as the reports name them. */
const VERDICT_WORDS: Readonly<Record<string, string>> = {
  matchedShare: "participants matched",
  maxSmd: "largest standardised difference",
  minimumPersons: "persons in the smaller arm",
  minimumPlacements: "placements or non-placements in the smaller arm",
  essControlPersons: "effective sample, controls (persons)",
};

const verdictRow = ({ name, value, threshold, passed }: Verdict): Cells => [
  VERDICT_WORDS[name] ?? name,
  value === null ? "-" : String(Number((Math.abs(value) < ROUNDING ? 0 : value).toPrecision(4))),
  String(threshold),
  passed ? "passed" : "FAILED",
];

/** What sums of rounded numbers leave where there is nothing. */
const ROUNDING = 1e-9;
