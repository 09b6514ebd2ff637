import type { SeType } from "../evaluate/effect.ts";
import type { Evaluation } from "../evaluate/evaluation.ts";
import type { Verdict } from "../evaluate/verdicts.ts";
import type { TableEvaluation } from "./evaluate-table.ts";

type Cells = readonly string[];

/** One evaluation as plain text for a person at a terminal: counts, rates, effect, balance, verdicts. */
export function evaluationText(table: string, outcome: string, found: TableEvaluation): string {
  const { evaluation, title, proportion, recurs } = found;
  const sections = [
    `${table}: ${title}; outcome ${outcome}`,
    aligned(armRows(evaluation, outcome, proportion)),
    aligned(effectRows(evaluation, proportion)),
    recurs ? "Ids recur: effective sizes and persons are counted by id." : "",
    biasLines(evaluation),
    unmatchedLines(evaluation),
    aligned(balanceRows(evaluation)),
    aligned([["verdict", "found", "asked", ""], ...evaluation.verdicts.map(verdictRow)]),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function biasLines({ hiddenBias }: TableEvaluation["evaluation"]): string {
  const { eValue = null, rosenbaum } = hiddenBias ?? {};
  const limit = eValue?.limit == null ? "" : `, ${fixed(eValue.limit, 2)} for the interval`;
  const lines = eValue === null ? [] : [`E-value ${fixed(eValue.point, 2)}${limit}`];
  if (rosenbaum === undefined) return lines.join("\n");
  const { participantOnly, controlOnly, gamma } = rosenbaum;
  const reach =
    gamma === null
      ? "not significant without hidden bias"
      : `significant up to a hidden bias of gamma ${fixed(gamma, 2)} (one-sided 2.5 %)`;
  return [
    ...lines,
    `Rosenbaum: ${participantOnly} pairs favour the participant, ${controlOnly} the control; ${reach}`,
  ].join("\n");
}

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
    ["effective", fixed(found.ess.treated, 1), fixed(found.ess.control, 1)],
    [outcome, value(found.rates.treated), value(found.rates.control)],
    ["95 % interval", range("treated"), range("control")],
  ];
}

function effectRows(found: Evaluation, proportion: boolean): readonly Cells[] {
  const value = shown(proportion, "");
  const unit = proportion ? " points" : "";
  const { difference, relative, riskRatio } = found;
  const ratio = (x: number | null) => fixed(x, 3);
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
    [
      `error (${ERROR_NAMES[difference.seType] ?? difference.seType})`,
      `${value(difference.se)}${difference.se === null ? "" : unit}`,
      "",
    ],
    ["p", pValue(difference.p), ""],
  ];
}

function balanceRows(found: Evaluation): readonly Cells[] {
  const rows = found.balance.filter((entry) => entry.measure === "smd");
  const covariates = [...new Set(rows.map(({ covariate }) => covariate))];
  return [
    ["standardised mean difference", "before", "after"],
    ...covariates.flatMap((name) => covariateRows(rows.filter(({ covariate }) => covariate === name))),
  ];
}

/** Levels of one covariate shown before the others are folded into one line. */
const MOST_LEVELS = 12;

/** A row a level; of many levels, the farthest apart and a line for the rest. */
function covariateRows(rows: Evaluation["balance"]): readonly Cells[] {
  const folds = rows.length > MOST_LEVELS;
  const far = [...rows].sort((a, b) => size(b.after) - size(a.after) || size(b.before) - size(a.before));
  const shownRows = folds ? far.slice(0, MOST_LEVELS / 2) : rows;
  const cells = shownRows.map(({ covariate, level, before, after }) => [
    level === null ? covariate : `${covariate} ${level}`,
    fixed(before, 3),
    fixed(after, 3),
  ]);
  if (!folds) return cells;
  const rest = far.slice(shownRows.length);
  const most = (side: "before" | "after") =>
    rest.some((row) => row[side] !== null) ? `<= ${fixed(Math.max(...rest.map((row) => size(row[side]))), 3)}` : "-";
  return [...cells, [`${rows[0]?.covariate} (${rest.length} more levels)`, most("before"), most("after")]];
}

const size = (value: number | null): number => Math.abs(value ?? 0);

const ERROR_NAMES: Readonly<Partial<Record<SeType, string>>> = {
  CR0: "CR0, by person",
  CR1: "CR1, by person",
  CR3: "CR3, by person",
  set: "by matched set",
  "two-way": "by person and set",
  stacked: "with the fit",
};

const verdictRow = ({ name, value, threshold, passed }: Verdict): Cells => [
  name,
  value === null ? "-" : String(Number((Math.abs(value) < ROUNDING ? 0 : value).toPrecision(4))),
  String(threshold),
  passed ? "passed" : "FAILED",
];

/** What sums of rounded numbers leave where there is nothing. */
const ROUNDING = 1e-9;

/** Digits after the point, "-" where there is no value, never "-0.0". */
function fixed(value: number | null, digits: number): string {
  if (value === null) return "-";
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}

/** A mean in the outcome's own unit: about seven digits, wherever the point is. */
function measured(value: number | null): string {
  if (value === null) return "-";
  const magnitude = Math.abs(value);
  if (magnitude >= 1e9 || (magnitude > 0 && magnitude < 1e-3)) return value.toExponential(4);
  return fixed(value, magnitude >= 1e5 ? 0 : magnitude >= 100 ? 1 : 3);
}

const pValue = (p: number | null): string => (p === null ? "-" : p < 1e-4 ? "< 0.0001" : p.toPrecision(3));

const shown =
  (proportion: boolean, unit = " %") =>
  (value: number | null): string => {
    if (value === null) return "-";
    return proportion ? `${fixed(100 * value, 1)}${unit}` : measured(value);
  };

function interval(value: (x: number | null) => string, lower: number | null, upper: number | null): string {
  return lower === null || upper === null ? "-" : `${value(lower)} to ${value(upper)}`;
}

/** Columns as wide as their widest cell: the first to the left, numbers to the right. */
function aligned(rows: readonly Cells[]): string {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => row[c]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, c) => (c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
