import { sqlOf } from "../../catalogue/catalogue.ts";
import { STAGED_REJECTS } from "../../catalogue/staging.ts";
import type { NamedSql, SqlEngine, TypedColumns } from "../../engine/engine.ts";
import type { SourceMapping, TableMapping } from "../mapping/mapping.ts";
import { sendersName } from "./incoming.ts";
import { MOST_LISTED, MOST_WARNED } from "./reject-files.ts";
import { ROW_RULES } from "./rules.ts";
import { DETAIL_WORDS, type RejectLanguage, SENTENCES } from "./sentences.ts";

interface ReadFile {
  readonly fileId: number;
  readonly source: SourceMapping;
  readonly mapping: TableMapping;
}

/** `staging.rejects`: every problem in the words of its file's sender; `incoming.listed_rejects`: those of rows that go back to the sender; `incoming.broken_rows`: each row with a problem. */
export async function buildRejects(
  engine: SqlEngine,
  files: readonly ReadFile[],
  language: RejectLanguage | undefined,
): Promise<void> {
  await engine.load("incoming.languages", languagesOf(files, language));
  await engine.load("incoming.fields", fieldsOf(files));
  await engine.load("incoming.sentences", ruleSentences());
  await viewRejects(engine);
}

const stagingSql = (name: string): NamedSql =>
  sqlOf({ name: `staging.${name}`, parameters: {}, columns: {}, grain: [] });

/** A view: the words of many thousand warnings are asked of few. What makes a problem is asserted to make one. */
async function viewRejects(engine: SqlEngine): Promise<void> {
  const { name, text } = sqlOf(STAGED_REJECTS);
  await engine.execute({ name, text: `create or replace view ${name} as\n${text}` });
  await engine.build({ name: "incoming.broken_rows", text: stagingSql("broken_rows").text }, []);
  const repeated = await engine.rows(stagingSql("repeated_problems"));
  if (repeated.length > 0) throw new Error(`a problem was noted twice: rule ${repeated[0]?.rule}`);
  await engine.build({ name: "incoming.listed_problems", text: stagingSql("listed_problems").text }, [], {
    most: MOST_LISTED,
    most_warned: MOST_WARNED,
  });
  // The same words, of the rows that go back only.
  const listed = text.replaceAll("incoming.problems", "incoming.listed_problems");
  await engine.execute({
    name: "incoming.listed_rejects",
    text: `create or replace view incoming.listed_rejects as\n${listed}`,
  });
}

function languagesOf(files: readonly ReadFile[], language: RejectLanguage | undefined): TypedColumns {
  const own = files.map(({ source }) => language ?? source.language);
  const words = own.map((each) => DETAIL_WORDS[each]);
  return {
    file_id: Int32Array.from(files, ({ fileId }) => fileId),
    language: own,
    row_word: words.map(({ row }) => row),
    or_word: words.map(({ or }) => or),
    instead_word: words.map(({ instead }) => instead),
    year_word: words.map(({ YYYY }) => YYYY),
    day_word: words.map(({ DD }) => DD),
  };
}

/** The senders' names of the mapped columns. */
function fieldsOf(files: readonly ReadFile[]): TypedColumns {
  const fields = files.flatMap(({ fileId, mapping }) =>
    Object.keys(mapping.columns).map((field) => ({ fileId, field, column: sendersName(mapping, field) })),
  );
  return {
    file_id: Int32Array.from(fields, ({ fileId }) => fileId),
    field: fields.map(({ field }) => field),
    column_name: fields.map(({ column }) => column),
  };
}

/** Every rule's sentence, by language and code. */
function ruleSentences(): TypedColumns {
  const all = ROW_RULES.flatMap(({ code, sentence }) => [
    ["en", code, sentence],
    ["fr", code, SENTENCES[code]?.fr ?? sentence],
    ["nl", code, SENTENCES[code]?.nl ?? sentence],
  ]);
  const column = (at: number): readonly string[] => all.map((row) => row[at] ?? "");
  return { language: column(0), rule: column(1), sentence: column(2) };
}
