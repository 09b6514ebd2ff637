import { z } from "zod";
import { closest } from "../../closest.ts";
import { UserError } from "../../user-error.ts";
import type { TextTable } from "../delimited/read-delimited.ts";
import { type SurveyTool, surveyTool } from "./survey-tools.ts";

const asked = z.strictObject({
  columns: z
    .array(z.string().min(1))
    .min(1)
    .describe("The question's header in each language version; the first that is there is read"),
  codes: z.record(z.string(), z.string()).optional().describe("Their answer: ours; language versions share our codes"),
  multiple: z.boolean().default(false).describe("Several answers in one cell, separated by blanks or commas"),
});

/** What a survey's columns mean, whatever tool and language it came from. */
export const SurveyCodebook = z.strictObject({
  survey: z.string().min(1),
  /** What tells respondents apart: a second response with the same values is a duplicate. */
  respondent: z.record(z.string(), asked).describe("duo, role, wave, ..."),
  questions: z.record(z.string(), asked),
});
/** Which header of an export answers which question, and which tell respondents apart, by our names. */
export type SurveyCodebook = z.infer<typeof SurveyCodebook>;
type Asked = z.infer<typeof asked>;

/** One response in our codes, whatever tool and language it came in. */
export interface SurveyResponse {
  /** The tool's own id, or the row. */
  readonly id: string;
  /** Row of the file, as a spreadsheet counts: 2 for the first below a header in row 1. */
  readonly row: number;
  readonly complete: boolean;
  /** Empty where it wasn't sent off, or its tool kept no day. */
  readonly submitted: string;
  /** What the tool wrote in the place of the day. */
  readonly undated?: string;
  readonly language: string;
  readonly respondent: Readonly<Record<string, string>>;
  /** Our code of each question that was answered; several where the question takes several. */
  readonly answers: Readonly<Record<string, readonly string[]>>;
}

/** received = complete + partial + superseded. */
interface SurveyExport {
  readonly tool: SurveyTool["name"];
  readonly received: number;
  readonly complete: readonly SurveyResponse[];
  readonly partial: readonly SurveyResponse[];
  /** Complete responses of somebody who answered again. */
  readonly superseded: readonly SurveyResponse[];
}

/**
 * Reads one tool's export by a codebook. Of several complete responses of one respondent the last submitted counts (ties:
 * the later row); the others are superseded. A blank record is no response.
 * @throws UserError when no tool is recognised, a question has no column, or an answer has no code; all at once
 */
export function readSurvey(path: string, table: TextTable, codebook: SurveyCodebook): SurveyExport {
  const tool = surveyTool(table);
  if (tool === undefined)
    throw new UserError(
      `${path} is no export of LimeSurvey, KoboToolbox, Typeform, Google Forms or Salesforce: its header has none of their marks; export it unchanged, from LimeSurvey with question codes as headings`,
    );
  const told: Told = new Map();
  const places = sheetRows(table);
  const rows = table.rows
    .map((cells, i) => ({ cells, row: places[i] ?? 0 }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const read = answerReader(path, table, tool, told);
  const responses = rows.map(({ cells, row }): SurveyResponse => {
    const sentOff = ownCell(table, tool, tool.submitted, cells);
    const isUndated = tool.undated?.test(sentOff) === true;
    const entries = (part: Readonly<Record<string, Asked>>) =>
      Object.entries(part).flatMap(([name, question]) => {
        const codes = read(name, question, cells, row);
        return codes.length > 0 ? [[name, codes] as const] : [];
      });
    return {
      id: ownCell(table, tool, tool.id, cells) || String(row),
      row,
      complete: !tool.hasPartials || sentOff !== "",
      submitted: isUndated ? "" : sentOff,
      ...(isUndated ? { undated: sentOff } : {}),
      language: ownCell(table, tool, tool.language, cells),
      respondent: Object.fromEntries(entries(codebook.respondent).map(([name, codes]) => [name, codes.join(" ")])),
      answers: Object.fromEntries(entries(codebook.questions)),
    };
  });
  if (told.size > 0) throw new UserError([...told.values()].map(toldOnce));
  const partial = responses.filter(({ complete }) => !complete);
  const last = lastOfEach(responses.filter(({ complete }) => complete));
  return {
    tool: tool.name,
    received: responses.length,
    complete: responses.filter((response) => last.has(response)),
    partial,
    superseded: responses.filter((response) => response.complete && !last.has(response)),
  };
}

/** The row of each row as a spreadsheet counts. */
export function sheetRows({ places, rows, dialect }: TextTable): readonly number[] {
  const first = Number(dialect.headerRow ?? 1) + 1;
  return places?.rows ?? rows.map((_, i) => first + i);
}

function ownCell(
  table: TextTable,
  { question }: SurveyTool,
  headers: readonly string[],
  cells: readonly string[],
): string {
  const named = (nameOf: (name: string) => string): readonly number[] =>
    headers.map((header) => table.columns.findIndex((name) => nameOf(name) === header));
  const column = [...named((name) => name.trim()), ...named(question)].find((place) => place >= 0);
  return column === undefined ? "" : (cells[column] ?? "").trim();
}

/** What is wrong, once for all rows in which it is the same, with the first of them. */
type Told = Map<string, { readonly text: string; readonly rows: Set<number> }>;

function tell(told: Told, same: string, text: string, row: number): void {
  const known = told.get(same);
  if (known === undefined) told.set(same, { text, rows: new Set([row]) });
  else known.rows.add(row);
}

const toldOnce = ({ text, rows }: { readonly text: string; readonly rows: ReadonlySet<number> }): string =>
  rows.size === 1 ? text : `${text} (the first of ${rows.size} rows)`;

function answerReader(path: string, table: TextTable, tool: SurveyTool, told: Told) {
  const headers = table.columns.map((header) => header.trim());
  const names = headers.map(tool.question);
  return (
    name: string,
    { columns, codes, multiple }: Asked,
    cells: readonly string[],
    row: number,
  ): readonly string[] => {
    const places = placesOf(headers, names, columns);
    if (places.length === 0) {
      const missing = `no column ${name}`;
      if (!told.has(missing))
        tell(
          told,
          missing,
          `${path} has no column for '${name}' (${columns.join(" or ")}); ${closest(columns[0] ?? name, names)}`,
          row,
        );
      return [];
    }
    const given = places
      .map((place) => ({ header: headers[place], text: (cells[place] ?? "").trim() }))
      .filter(({ text }) => text !== "" && !tool.nulls.includes(text));
    const [first, ...others] = given;
    if (first === undefined) return [];
    const other = others.find(({ text }) => text !== first.text);
    if (other !== undefined)
      tell(
        told,
        `differently ${first.header} ${other.header}`,
        `${path} row ${row}: '${name}' is answered in the columns '${first.header}' and '${other.header}', differently; write the whole header of the one that is meant in the codebook, or rename the other`,
        row,
      );
    if (codes === undefined) return [first.text];
    return (multiple ? severalIn(first.text, codes) : [first.text]).map((answer) => {
      if (Object.hasOwn(codes, answer)) return codes[answer] ?? "";
      tell(
        told,
        `answer ${first.header} ${answer}`,
        `${path} row ${row}, \`${tool.question(first.header ?? "")}\`: '${answer}' is not a known answer; add it to the codebook, or correct it: ${closest(answer, Object.keys(codes))}`,
        row,
      );
      return "";
    });
  };
}

/**
 * Columns of a question, several where a tool repeats its header or has one for each language. Whole headers count before
 * the tool's names of them, of which two may be alike: one below another column (`needs/role`) is that one's option.
 */
function placesOf(headers: readonly string[], names: readonly string[], wanted: readonly string[]): readonly number[] {
  const among = (texts: readonly string[]): readonly number[] =>
    texts.flatMap((text, i) => (wanted.includes(text) ? [i] : []));
  const whole = among(headers);
  if (whole.length > 0) return whole;
  const named = among(names);
  const isOption = (place: number): boolean => {
    const parent = headers[place]?.replace(/\/?[^/]*$/, "") ?? "";
    return parent !== "" && headers.includes(parent);
  };
  const own = named.filter((place) => !isOption(place));
  return own.length > 0 ? own : named;
}

/** Several answers in one cell: known ones between semicolons or commas, which may hold commas themselves, else what stands between blanks. */
function severalIn(text: string, codes: Readonly<Record<string, string>>): readonly string[] {
  for (const sign of [";", ","]) {
    const found = knownIn(
      text.split(sign).map((piece) => piece.trim()),
      codes,
      `${sign} `,
    );
    if (found !== undefined) return found;
  }
  return text.split(/[\s,;]+/).filter((piece) => piece !== "");
}

/** The pieces put together to known answers, the longest first; undefined where one is left over. */
function knownIn(
  pieces: readonly string[],
  codes: Readonly<Record<string, string>>,
  between: string,
): readonly string[] | undefined {
  const found: string[] = [];
  for (let at = 0; at < pieces.length; ) {
    const ends = pieces.map((_, i) => pieces.length - i).filter((end) => end > at);
    const end = ends.find((to) => Object.hasOwn(codes, pieces.slice(at, to).join(between)));
    if (end === undefined) return undefined;
    found.push(pieces.slice(at, end).join(between));
    at = end;
  }
  return found;
}

function lastOfEach(responses: readonly SurveyResponse[]): ReadonlySet<SurveyResponse> {
  const last = new Map<string, SurveyResponse>();
  for (const response of responses) {
    const named = Object.keys(response.respondent).length > 0;
    const key = named ? JSON.stringify(Object.entries(response.respondent).sort()) : `response ${response.id}`;
    const earlier = last.get(key);
    if (earlier === undefined || response.submitted >= earlier.submitted) last.set(key, response);
  }
  return new Set(last.values());
}
