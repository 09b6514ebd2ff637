import { join } from "node:path";
import { UserError } from "../../user-error.ts";
import type { TextTable } from "../delimited/read-delimited.ts";
import { readTable } from "../files/read-table.ts";
import { scanFile } from "../files/scan.ts";
import { formatsDetail } from "../rules/sentences.ts";
import { type CodedResponse, codedResponse, headerOf, surveyCodebookOf, unasked } from "./questionnaire-answers.ts";
import type { QuestionnaireCodebook, QuestionnaireExport } from "./questionnaire-codebook.ts";
import { instantOf } from "./questionnaire-day.ts";
import { type Fault, faultOf, type KnownDuo, type ResponseRule } from "./questionnaire-rules.ts";
import { readSurvey, type SurveyResponse, sheetRows } from "./survey.ts";
import { surveyTool } from "./survey-tools.ts";

/** A response that may count, in the codebook's terms. */
export interface ReadResponse extends CodedResponse {
  readonly responseId: string;
  readonly response: SurveyResponse;
  /** ISO day of the submission; null for a partial response. */
  readonly day: string | null;
  readonly instant: string;
}

/** Something wrong with a row of a file; row 1 is the header's where it stands in the first. */
export interface ResponseProblem {
  readonly row: number;
  readonly rule: ResponseRule;
  readonly column: string;
  readonly value: string;
  readonly detail: string;
}

/** One export's file as it was read. */
export interface ReadExport {
  readonly own: QuestionnaireExport;
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly tool: string;
  readonly table: TextTable;
  readonly received: number;
  readonly responses: readonly ReadResponse[];
  /** Responses that can't count, and what the reader was in doubt of. */
  readonly problems: readonly ResponseProblem[];
}

/**
 * Reads one file of an export.
 * @throws UserError with every problem that isn't one row's: another tool, a question without a column, an answer
 *   without a code, an answer of somebody who isn't asked
 */
export async function readExport(
  codebook: QuestionnaireCodebook,
  own: QuestionnaireExport,
  projectFolder: string,
  path: string,
  duos: ReadonlyMap<string, KnownDuo>,
): Promise<ReadExport> {
  const absolute = join(projectFolder, path);
  const table = await readTable(absolute, {}).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.problems.map((problem) => problem.replaceAll(absolute, path)));
  });
  const { sha256, bytes } = await scanFile(absolute);
  const survey = readSurvey(path, table, surveyCodebookOf(codebook, own));
  if (own.tool !== "auto" && own.tool !== survey.tool)
    throw new UserError(`${path} is an export of ${survey.tool}, not of ${own.tool} as '${own.export}' says`);
  const coded = [...survey.complete, ...survey.partial, ...survey.superseded]
    .sort((a, b) => a.row - b.row)
    .map((response) => ({ response, ...codedResponse(codebook, own, response) }));
  const astray = coded.flatMap((one) =>
    unasked(codebook, one).map((problem) => `${path} row ${one.response.row}: ${problem}`),
  );
  if (astray.length > 0) throw new UserError(astray);
  const judged = coded.map((one) => judgedResponse(one, own, path, duos));
  const problems = judged.flatMap((one) => ("fault" in one ? [problemAt(one.response.row, one.fault, table)] : []));
  const kept = judged.flatMap((one) => ("fault" in one ? [] : [one]));
  return {
    ...{ own, path, sha256, bytes, tool: survey.tool, table, received: survey.received },
    responses: kept,
    problems: [...problems, ...undatedOf(kept, table), ...doubts(table)],
  };
}

interface Coded extends CodedResponse {
  readonly response: SurveyResponse;
}

function judgedResponse(
  one: Coded,
  own: QuestionnaireExport,
  path: string,
  duos: ReadonlyMap<string, KnownDuo>,
): ReadResponse | { readonly fault: Fault; readonly response: SurveyResponse } {
  const { response } = one;
  const { submitted, row, id } = response;
  const instant = instantOf(submitted, own.days);
  const fault = faultOf(one, duos, own);
  if (fault !== undefined) return { fault, response };
  if (instant === null)
    return {
      fault: { rule: "not_a_date", columns: [], value: submitted, detail: formatsDetail([own.days]) },
      response,
    };
  const day = submitted === "" ? null : instant.slice(0, 10);
  return { ...one, responseId: `${path}#${row}#${id}`, day, instant };
}

function problemAt(row: number, { rule, columns, value, detail }: Fault, table: TextTable): ResponseProblem {
  return { row, rule, column: columns.length === 0 ? "" : headerOf(table, columns), value, detail };
}

/** That responses were sent off, nobody knows when. */
function undatedOf(responses: readonly ReadResponse[], table: TextTable): readonly ResponseProblem[] {
  const column = headerOf(table, surveyTool(table)?.submitted ?? []);
  return responses.flatMap(({ response: { row, undated } }) =>
    undated === undefined ? [] : [{ row, rule: "undated", column, value: undated, detail: "" } as const],
  );
}

/** What the reader guessed or repaired in single rows. */
function doubts(table: TextTable): readonly ResponseProblem[] {
  const { warnings, columns, places } = table;
  const rowOf = new Map(sheetRows(table).map((row, i) => [places?.lines[i] ?? row, row]));
  return warnings.flatMap(({ code, row, column }) =>
    row === null || code === "footer"
      ? []
      : [
          {
            row: rowOf.get(row) ?? row,
            rule: "read_with_doubt",
            column: columns[(column ?? 0) - 1] ?? "",
            value: "",
            detail: code,
          } as const,
        ],
  );
}
