import { groupBy } from "../../group-by.ts";
import type { QualityFacts } from "../quality/quality-facts.ts";
import { MOST_LISTED, type RejectFile, rejectCsv, rejectNames } from "../rules/reject-files.ts";
import type { FileSummary } from "../summary.ts";
import type { QuestionnaireCodebook } from "./questionnaire-codebook.ts";
import type { ResponseProblem } from "./questionnaire-file.ts";
import { RESPONSE_RULES, remedyOf } from "./questionnaire-rules.ts";
import type { StagedExport } from "./questionnaires.ts";
import { sheetRows } from "./survey.ts";

/** What sources that were read have told, whichever they are. */
interface ReadSources {
  readonly files: readonly FileSummary[];
  readonly quality: QualityFacts;
  readonly rejects: readonly RejectFile[];
}

const TABLE = "survey_responses";

/** The questionnaires' exports as sources beside the others: accepted (complete and partial) + rejected = received. */
export function withQuestionnaires(
  read: ReadSources,
  { title }: QuestionnaireCodebook,
  exports: readonly StagedExport[],
): ReadSources {
  const judged = exports.map((file) => ({ file, problems: problemsOf(file) }));
  const files = judged.map(({ file, problems }) => summaryOf(file, problems));
  const names = rejectNames(exports.map(({ own, path }) => ({ source: own.export, table: TABLE, path })));
  const rejects = judged.map(({ file, problems }, i) => rejectsOf(names[i] ?? "", file, problems));
  const { quality } = read;
  const counts = (own: readonly FileSummary[]) => ({
    ...{ received: sum(own, "received"), accepted: sum(own, "accepted") },
    ...{ rejected: sum(own, "rejected"), warned: sum(own, "warned") },
  });
  const superseded = exports.reduce((all, file) => all + file.superseded.length, 0);
  return {
    files: [...read.files, ...files],
    rejects: [...read.rejects, ...rejects.flatMap((reject) => (reject === undefined ? [] : [reject]))],
    quality: {
      ...quality,
      sources: [
        ...quality.sources,
        ...[...groupBy(files, ({ source }) => source)].map(([source, own]) => ({
          ...{ source, title: `${title.en}, ${source}` },
          ...counts(own),
        })),
      ],
      files: [
        ...quality.files,
        ...files.map((file, i) => ({
          ...{ source: file.source, table: file.table, file: file.file, sha256: file.sha256, bytes: file.bytes },
          ...counts([file]),
          ...{ rejects: rejects[i]?.path ?? null, listed: rejects[i]?.rows ?? 0 },
          recognised: Object.entries(file.recognised).map(([what, value]) => ({ what, value, how: "found" as const })),
        })),
      ],
      rules: [...quality.rules, ...judged.flatMap(({ file, problems }) => rulesOf(file, problems))],
      duplicates: [
        ...quality.duplicates,
        ...(superseded > 0 ? [{ kind: "rows" as const, table: TABLE, persons: null, rows: superseded }] : []),
      ],
    },
  };
}

/** One sentence a file of which more than the share (0-1) is rejected, with the first rows; answers sent twice aside. */
export const tooManyFaults = (exports: readonly StagedExport[], most: number): readonly string[] =>
  exports.flatMap((file) => {
    const faults = file.problems.filter(({ rule }) => RESPONSE_RULES[rule].severity === "reject");
    if (faults.length <= most * file.received) return [];
    const first = faults.slice(0, 5).map((one) => {
      const column = one.column === "" ? "" : `, \`${one.column}\``;
      return `  ${file.path} row ${one.row}${column}: '${one.value}' ${remedyOf(one.rule, one.detail).en}`;
    });
    return [
      `${file.own.export}: ${faults.length} of ${file.received} responses of ${file.path} rejected, more than the ${most * 100} % allowed; the first are:`,
      ...first,
    ];
  });

type Count = "received" | "accepted" | "rejected" | "warned";
const sum = (files: readonly FileSummary[], name: Count): number => files.reduce((all, file) => all + file[name], 0);

/** Every problem of a file's rows: those of single responses, the superseded and the partial ones. */
const problemsOf = ({ problems, superseded, partial }: StagedExport): readonly ResponseProblem[] => [
  ...problems,
  ...superseded.map(({ response }) => whole(response.row, "answered_again")),
  ...partial.map(({ response }) => whole(response.row, "partial_response")),
];

const whole = (row: number, rule: ResponseProblem["rule"]): ResponseProblem => ({
  ...{ row, rule, column: "", value: "", detail: "" },
});

const severityOf = ({ rule }: ResponseProblem) => RESPONSE_RULES[rule].severity;

function summaryOf(file: StagedExport, problems: readonly ResponseProblem[]): FileSummary {
  const rejected = new Set(problems.filter((one) => severityOf(one) === "reject").map(({ row }) => row));
  const warned = new Set(problems.map(({ row }) => row).filter((row) => !rejected.has(row)));
  const accepted = file.complete + file.partial.length;
  if (accepted + rejected.size !== file.received)
    throw new Error(
      `${file.path}: ${accepted} accepted + ${rejected.size} rejected are not the ${file.received} received`,
    );
  return {
    ...{ source: file.own.export, table: TABLE, file: file.path, sha256: file.sha256, bytes: file.bytes },
    ...{ received: file.received, accepted, rejected: rejected.size, warned: warned.size, repeated: 0, coerced: [] },
    recognised: recognisedOf(file),
    rules: [...groupBy(problems, ({ rule }) => rule)].map(([rule, own]) => ({
      ...{ rule, severity: RESPONSE_RULES[rule].severity, rows: new Set(own.map(({ row }) => row)).size },
    })),
  };
}

/** The tool, and what the reader found of the file's form. */
function recognisedOf({ tool, table: { dialect } }: StagedExport): FileSummary["recognised"] {
  const found = ["format", "encoding", "delimiter", "sheet"].flatMap((what) =>
    typeof dialect[what] === "string" ? [[what, String(dialect[what])] as const] : [],
  );
  return { tool, ...Object.fromEntries(found) };
}

const rulesOf = ({ own, path }: StagedExport, problems: readonly ResponseProblem[]): QualityFacts["rules"] =>
  [...groupBy(problems, ({ rule, column }) => `${rule}\u0000${column}`).values()].flatMap((same) =>
    same.slice(0, 1).map((first) => ({
      ...{ source: own.export, table: TABLE, file: path, column: first.column, rule: first.rule },
      ...{ severity: severityOf(first), rows: new Set(same.map(({ row }) => row)).size },
      ...{ firstRow: Math.min(...same.map(({ row }) => row)), remedy: remedyOf(first.rule, first.detail || "\u2026") },
    })),
  );

/** The responses to look at again, in the sender's columns: rejected ones first. */
function rejectsOf(
  name: string,
  { own, path, table }: StagedExport,
  problems: readonly ResponseProblem[],
): RejectFile | undefined {
  if (problems.length === 0) return undefined;
  const cells = new Map(sheetRows(table).map((row, i) => [row, table.rows[i] ?? []]));
  const rows = [...groupBy(problems, ({ row }) => row)].map(([row, same]) => ({
    row,
    severity: same.some((one) => severityOf(one) === "reject") ? "reject" : "warn",
    rules: [...new Set(same.map(({ rule }) => rule))].join(", "),
    remedies: same.map((one) => sentenceOf(one, own.language)).join(" | "),
  }));
  const lines = rows
    .sort((a, b) => (a.severity < b.severity ? -1 : a.severity > b.severity ? 1 : a.row - b.row))
    .slice(0, MOST_LISTED)
    .map(({ row, rules, remedies, severity }) => ({
      own: cells.get(row) ?? [],
      added: [path, String(row), rules, remedies, severity],
    }));
  const { delimiter } = table.dialect;
  return rejectCsv(name, { headers: table.columns, ...(typeof delimiter === "string" ? { delimiter } : {}) }, lines);
}

const sentenceOf = ({ rule, column, value, detail }: ResponseProblem, language: "en" | "fr" | "nl"): string => {
  const place = column === "" ? "" : `\`${column}\`: `;
  return `${place}${value === "" ? "" : `'${value}' `}${remedyOf(rule, detail)[language]}`;
};
