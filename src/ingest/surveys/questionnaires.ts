import { sqlOf } from "../../catalogue/catalogue.ts";
import { SURVEY_STAGED } from "../../catalogue/questionnaires.ts";
import type { SqlEngine } from "../../engine/engine.ts";
import { groupBy } from "../../group-by.ts";
import { UserError } from "../../user-error.ts";
import { findFiles } from "../files/project-files.ts";
import type { QuestionnaireCodebook } from "./questionnaire-codebook.ts";
import { type ReadExport, type ReadResponse, readExport } from "./questionnaire-file.ts";
import { type ApprovedQuote, chosenQuotes } from "./questionnaire-quotes.ts";
import type { KnownDuo } from "./questionnaire-rules.ts";

/** A codebook with the quotes that are approved beside it. */
export interface Questionnaires {
  readonly codebook: QuestionnaireCodebook;
  readonly approved: readonly ApprovedQuote[];
}

/** One file with what became of its responses: received = complete + partial + superseded + rejected. */
export interface StagedExport extends ReadExport {
  readonly complete: number;
  readonly partial: readonly ReadResponse[];
  readonly superseded: readonly ReadResponse[];
}

/**
 * Reads every export of a codebook into `staging.survey_responses`, `survey_answers`, `survey_quotes` and `survey_exports`;
 * the duos are staged already. One response counts for a duo, role and wave, over all files: the last complete one, else
 * the last partial one; the others are superseded.
 * @param projectFolder files are looked for in it and nowhere else
 * @throws UserError with every problem at once: no file, another tool, a question without a column, an answer without a
 *   code, an answer of somebody who isn't asked, a quote that isn't what was approved
 */
export async function stageQuestionnaires(
  engine: SqlEngine,
  { codebook, approved }: Questionnaires,
  projectFolder: string,
): Promise<readonly StagedExport[]> {
  const duos = await knownDuos(engine);
  const problems: string[] = [];
  const read: ReadExport[] = [];
  for (const own of codebook.exports) {
    const found = findFiles(projectFolder, own.files);
    problems.push(...found.problems.map((problem) => `${codebook.questionnaire}.yaml, ${own.export}: ${problem}`));
    for (const path of found.paths)
      try {
        read.push(await readExport(codebook, own, projectFolder, path, duos));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        problems.push(...error.problems);
      }
  }
  if (problems.length > 0) throw new UserError([...new Set(problems)]);
  const counted = lastOfEach(read.flatMap(({ responses }) => responses));
  await stage(engine, codebook, read, counted, approved);
  return read.map((file) => settled(file, counted));
}

async function knownDuos(engine: SqlEngine): Promise<ReadonlyMap<string, KnownDuo>> {
  const rows = await engine.rows({
    name: "staging.duos",
    text: "select duo_id, cast(started_on as varchar) as started, cast(ended_on as varchar) as ended from staging.duos",
  });
  return new Map(
    rows.map(({ duo_id, started, ended }) => [
      String(duo_id),
      { startedOn: String(started ?? ""), endedOn: String(ended ?? "") },
    ]),
  );
}

const respondentKey = ({ duo, role, wave }: ReadResponse): string => JSON.stringify([duo, role, wave]);

/** Complete before partial, later before earlier, the later file and row where nothing else tells. */
function lastOfEach(responses: readonly ReadResponse[]): ReadonlySet<ReadResponse> {
  return new Set(
    [...groupBy(responses, respondentKey).values()].flatMap((own) => {
      const complete = own.filter(({ response }) => response.complete);
      return (complete.length > 0 ? complete : own).reduce((last, one) => (one.instant >= last.instant ? one : last));
    }),
  );
}

async function stage(
  engine: SqlEngine,
  codebook: QuestionnaireCodebook,
  read: readonly ReadExport[],
  counted: ReadonlySet<ReadResponse>,
  approved: readonly ApprovedQuote[],
): Promise<void> {
  const all = read.flatMap(({ own, path, responses }) =>
    responses.filter((one) => counted.has(one)).map((one) => ({ ...one, export: own.export, file: path })),
  );
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
  const asked = codebook.exports.map(({ export: name, duosStarted }) => ({
    ...{ export: name, started_from: duosStarted?.from ?? null, started_to: duosStarted?.to ?? null },
  }));
  await engine.execute({ name: "staging", text: "create schema if not exists staging" });
  const tables = [
    [SURVEY_STAGED.responses, responses],
    [SURVEY_STAGED.answers, answers],
    [SURVEY_STAGED.quotes, quotes],
    [SURVEY_STAGED.exports, asked],
  ] as const;
  for (const [entry, rows] of tables) await engine.build(sqlOf(entry), entry.grain, { rows: JSON.stringify(rows) });
}

function settled(file: ReadExport, counted: ReadonlySet<ReadResponse>): StagedExport {
  const own = file.responses.filter((one) => counted.has(one));
  return {
    ...file,
    complete: own.filter(({ response }) => response.complete).length,
    partial: own.filter(({ response }) => !response.complete),
    superseded: file.responses.filter((one) => !counted.has(one)),
  };
}
