import { join } from "node:path";
import { sqlOf } from "../catalogue/catalogue.ts";
import { SURVEY_STAGED } from "../catalogue/questionnaires.ts";
import type { SqlEngine } from "../engine/engine.ts";
import { groupBy } from "../group-by.ts";
import { UserError } from "../user-error.ts";
import { findFiles } from "./project-files.ts";
import { type CodedResponse, codedResponse, headerOf, surveyCodebookOf, unasked } from "./questionnaire-answers.ts";
import type { QuestionnaireCodebook, QuestionnaireExport } from "./questionnaire-codebook.ts";
import { type ApprovedQuote, chosenQuotes } from "./questionnaire-quotes.ts";
import { readTable } from "./read-table.ts";
import { scanFile } from "./scan.ts";
import { readSurvey, type SurveyResponse } from "./survey.ts";

export interface QuestionnaireOptions {
  /** Parent of the `pipelines` folder; files are looked for in it and nowhere else. */
  readonly projectFolder: string;
  /** Share of a file's responses (0-1) that may be rejected before the run is refused. */
  readonly maxRejectedShare: number;
}

/** A response that was not taken, and how to repair it. `row` 1 is the first response below the header. */
export interface RejectedResponse {
  readonly file: string;
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly remedy: string;
}

/** received = complete + partial + duplicates + rejected; the manifest's part is as of any other input. */
export interface QuestionnaireFile {
  readonly source: string;
  readonly table: "survey_responses";
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly received: number;
  readonly complete: number;
  readonly partial: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly tool: string;
}

export interface StagedQuestionnaires {
  readonly files: readonly QuestionnaireFile[];
  readonly rejects: readonly RejectedResponse[];
  /** What refuses the run; empty where it goes on. */
  readonly refused: readonly string[];
}

/**
 * Reads every export of a codebook into `staging.survey_responses`, `survey_answers` and `survey_quotes`; the duos are
 * staged already. One response counts for a duo, role and wave, over all files: the last complete one, else the last
 * partial one; the others are duplicates.
 * @throws UserError with every problem at once: no file, another tool, a question without a column, an answer without a
 *   code, an answer of somebody who isn't asked, a quote that isn't what was approved
 */
export async function stageQuestionnaires(
  engine: SqlEngine,
  codebook: QuestionnaireCodebook,
  approved: readonly ApprovedQuote[],
  options: QuestionnaireOptions,
): Promise<StagedQuestionnaires> {
  const duos = await knownDuos(engine);
  const problems: string[] = [];
  const read: ReadFile[] = [];
  for (const own of codebook.exports) {
    const found = findFiles(options.projectFolder, own.files);
    problems.push(...found.problems.map((problem) => `${codebook.questionnaire}.yaml, ${own.export}: ${problem}`));
    for (const path of found.paths)
      try {
        read.push(await readExport(codebook, own, options.projectFolder, path, duos));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        problems.push(...error.problems);
      }
  }
  if (problems.length > 0) throw new UserError(problems);
  const responses = read.flatMap((file) => file.responses);
  const counted = lastOfEach(responses);
  await stage(engine, counted, approved);
  const files = read.map((file) => summaryOf(file, counted));
  const rejects = read.flatMap((file) => file.rejects);
  return { files, rejects, refused: files.flatMap((file) => tooMany(file, rejects, options.maxRejectedShare)) };
}

/** A response that may count. */
interface Response extends CodedResponse {
  readonly responseId: string;
  readonly export: string;
  readonly response: SurveyResponse;
  readonly day: string | null;
  readonly instant: string;
  readonly file: string;
}

interface ReadFile {
  readonly file: Omit<QuestionnaireFile, "complete" | "partial" | "duplicates" | "rejected">;
  readonly responses: readonly Response[];
  readonly rejects: readonly RejectedResponse[];
}

interface KnownDuo {
  readonly started: boolean;
  readonly ended: boolean;
}

async function knownDuos(engine: SqlEngine): Promise<ReadonlyMap<string, KnownDuo>> {
  const text = "select duo_id, started_on is not null as started, ended_on is not null as ended from staging.duos";
  const rows = await engine.rows({ name: "staging.duos", text });
  return new Map(rows.map((row) => [String(row.duo_id), { started: row.started === true, ended: row.ended === true }]));
}

async function readExport(
  codebook: QuestionnaireCodebook,
  own: QuestionnaireExport,
  projectFolder: string,
  path: string,
  duos: ReadonlyMap<string, KnownDuo>,
): Promise<ReadFile> {
  const absolute = join(projectFolder, path);
  const table = await readTable(absolute, {}).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.problems.map((problem) => problem.replaceAll(absolute, path)));
  });
  const { sha256, bytes } = await scanFile(absolute);
  const survey = readSurvey(path, table, surveyCodebookOf(codebook, own), (text) => instantOf(text, own.days) ?? text);
  if (own.tool !== "auto" && own.tool !== survey.tool)
    throw new UserError(`${path} is an export of ${survey.tool}, not of ${own.tool} as '${own.export}' says`);
  const all = [...survey.complete, ...survey.partial].sort((a, b) => a.row - b.row);
  const coded = all.map((response) => ({ response, ...codedResponse(codebook, own, response) }));
  const astray = coded.flatMap((one) =>
    unasked(codebook, one).map((problem) => `${path} response ${one.response.row}: ${problem}`),
  );
  if (astray.length > 0) throw new UserError(astray);
  const responses: Response[] = [];
  const rejects: RejectedResponse[] = [];
  for (const one of coded) {
    const { submitted, row, id } = one.response;
    const instant = instantOf(submitted, own.days);
    const wrong = problemOf(one, duos, own) ?? (instant === null ? dayProblem(submitted, own) : undefined);
    if (wrong !== undefined) {
      const column = headerOf(table, wrong.columns);
      rejects.push({ file: path, row, column, value: wrong.value, remedy: wrong.remedy });
      continue;
    }
    const day = submitted === "" ? null : (instant ?? "").slice(0, 10);
    responses.push({
      ...one,
      responseId: `${path}#${row}#${id}`,
      export: own.export,
      day,
      instant: instant ?? "",
      file: path,
    });
  }
  const file = { source: own.export, table: "survey_responses" as const, file: path, sha256, bytes, tool: survey.tool };
  return { file: { ...file, received: survey.received }, responses, rejects };
}

interface Wrong {
  readonly columns: readonly string[];
  readonly value: string;
  readonly remedy: string;
}

/** Why a response can't count for a duo; undefined where it can. */
function problemOf(
  { duo, role, wave }: CodedResponse,
  duos: ReadonlyMap<string, KnownDuo>,
  { respondent }: QuestionnaireExport,
): Wrong | undefined {
  const known = duos.get(duo);
  const column = (asked: object): readonly string[] => ("columns" in asked ? (asked.columns as string[]) : []);
  const of = (asked: object, value: string, remedy: string): Wrong => ({ columns: column(asked), value, remedy });
  if (role === null) return of(respondent.role, "", "say whether mentee or mentor answered");
  if (wave === null) return of(respondent.wave, "", "say when it was answered");
  if (known === undefined)
    return of(respondent.duo, duo, "there is no such duo among those that were accepted; give the duo's number");
  if (!known.started) return of(respondent.duo, duo, "the duo hasn't started; give its first day, or the right duo");
  if (wave !== "entry" && !known.ended)
    return of(respondent.duo, duo, "the duo hasn't ended; give its last day, or the right wave");
  return undefined;
}

const dayProblem = (value: string, { days }: QuestionnaireExport): Wrong => ({
  columns: ["submitted"],
  value,
  remedy: `not a day as ${days}; say in the codebook how the export's \`days\` are written`,
});

/** A submission as text that sorts by time; empty for none, null where its day can't be read. */
function instantOf(submitted: string, days: QuestionnaireExport["days"]): string | null {
  if (submitted === "") return "";
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(.*)$/.exec(submitted);
  const other = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(.*)$/.exec(submitted);
  const parts =
    days === "YYYY-MM-DD"
      ? iso && [iso[1], iso[2], iso[3], iso[4]]
      : days === "DD/MM/YYYY"
        ? other && [other[3], other[2], other[1], other[4]]
        : other && [other[3], other[1], other[2], other[4]];
  if (parts === null) return null;
  const [year = "", month = "", day = "", rest = ""] = parts;
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const isDay = new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
  return isDay ? `${text} ${clockOf(rest)}` : null;
}

/** Hours, minutes and seconds on a clock of 24, so that their texts sort. */
function clockOf(text: string): string {
  const [, hours = "0", minutes = "00", seconds = "00", half = ""] =
    /(\d{1,2}):(\d{2})(?::(\d{2}))?[^APap]*([APap][Mm])?/.exec(text) ?? [];
  const past = /p/i.test(half) ? 12 : 0;
  const hour = half === "" ? Number(hours) : (Number(hours) % 12) + past;
  return `${String(hour).padStart(2, "0")}:${minutes}:${seconds}`;
}

const respondentKey = ({ duo, role, wave }: CodedResponse): string => JSON.stringify([duo, role, wave]);

/** Complete before partial, later before earlier, the later file and row where nothing else tells. */
function lastOfEach(responses: readonly Response[]): ReadonlySet<Response> {
  return new Set(
    [...groupBy(responses, respondentKey).values()].flatMap((own) => {
      const complete = own.filter(({ response }) => response.complete);
      return (complete.length > 0 ? complete : own).reduce((last, one) => (one.instant >= last.instant ? one : last));
    }),
  );
}

async function stage(
  engine: SqlEngine,
  counted: ReadonlySet<Response>,
  approved: readonly ApprovedQuote[],
): Promise<void> {
  const all = [...counted];
  const responses = all.map(({ responseId, duo, role, wave, day, response, file }) => ({
    ...{ response_id: responseId, duo_id: duo, role, wave, submitted_on: day, language: response.language },
    ...{ complete: response.complete, source_file: file, source_row: response.row },
  }));
  const answers = all.flatMap((one) => one.answers.map((answer) => ({ response_id: one.responseId, ...answer })));
  const texts = all
    .filter(({ response }) => response.complete)
    .flatMap((one) =>
      Object.entries(one.texts).map(([item, text]) => ({
        ...{ responseId: one.responseId, export: one.export, id: one.response.id, item, text },
      })),
    );
  const quotes = chosenQuotes(approved, texts).map(({ responseId, item, text }) => ({
    ...{ response_id: responseId, item, text },
  }));
  await engine.execute({ name: "staging", text: "create schema if not exists staging" });
  const tables = [
    [SURVEY_STAGED.responses, responses],
    [SURVEY_STAGED.answers, answers],
    [SURVEY_STAGED.quotes, quotes],
  ] as const;
  for (const [entry, rows] of tables) await engine.build(sqlOf(entry), entry.grain, { rows: JSON.stringify(rows) });
}

function summaryOf({ file, responses, rejects }: ReadFile, counted: ReadonlySet<Response>): QuestionnaireFile {
  const own = responses.filter((one) => counted.has(one));
  const complete = own.filter(({ response }) => response.complete).length;
  const partial = own.length - complete;
  const rejected = rejects.length;
  return { ...file, complete, partial, rejected, duplicates: file.received - complete - partial - rejected };
}

function tooMany(file: QuestionnaireFile, rejects: readonly RejectedResponse[], most: number): readonly string[] {
  if (file.rejected <= most * file.received) return [];
  const own = rejects.filter((one) => one.file === file.file).slice(0, 5);
  return [
    `${file.source}: ${file.rejected} of ${file.received} responses of ${file.file} rejected, more than the ${most * 100} % allowed; the first are:`,
    ...own.map((one) => `  ${one.file} response ${one.row}, \`${one.column}\`: '${one.value}': ${one.remedy}`),
  ];
}
