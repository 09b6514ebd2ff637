import type { TextTable } from "../delimited/read-delimited.ts";
import {
  NONE_TICKED,
  type QuestionnaireCodebook,
  type QuestionnaireExport,
  type QuestionnaireItem,
  ROLES,
  type Role,
  WAVES,
  type Wave,
} from "./questionnaire-codebook.ts";
import type { SurveyCodebook, SurveyResponse } from "./survey.ts";

/** One item's answer in our codes; `number` of a scale or a recommendation, mirrored where the item is reversed. */
interface CodedAnswer {
  readonly item: string;
  readonly code: string;
  readonly number: number | null;
}

/** A response in the codebook's terms. */
export interface CodedResponse {
  readonly duo: string;
  readonly role: Role | null;
  readonly wave: Wave | null;
  readonly answers: readonly CodedAnswer[];
  readonly texts: Readonly<Record<string, string>>;
}

const TICKED = "ticked";
const optionName = (item: string, code: string): string => `${item}/${code}`;
const RECOMMENDATIONS = Array.from({ length: 11 }, (_, i) => String(i));

/** What `readSurvey` needs to read one export: each question with its headers and every text that means a code of ours. */
export function surveyCodebookOf(codebook: QuestionnaireCodebook, own: QuestionnaireExport): SurveyCodebook {
  const questions = Object.entries(own.answers).flatMap(([name, asked]) => {
    const item = codebook.items.find((one) => one.item === name);
    if (item === undefined) return [];
    if ("options" in asked)
      return Object.entries(asked.options).map(
        ([code, { columns, ticked, unticked, anyText }]) =>
          [
            optionName(name, code),
            {
              columns,
              multiple: false,
              ...(anyText ? {} : { codes: { ...everyAs(unticked, NONE_TICKED), ...everyAs(ticked, TICKED) } }),
            },
          ] as const,
      );
    const codes = codesOf(codebook, own, item);
    return [[name, { ...asked, ...(codes === undefined ? {} : { codes }) }] as const];
  });
  const { duo, role, wave } = own.respondent;
  const labelled = (labels: Readonly<Record<string, Localised>>, given = {}): Readonly<Record<string, string>> => ({
    ...Object.fromEntries(Object.entries(labels).flatMap(([code, label]) => spellings(code, label))),
    ...given,
  });
  return {
    survey: own.export,
    respondent: {
      duo: { ...duo, multiple: false },
      ...("is" in role ? {} : { role: { ...role, multiple: false, codes: labelled(codebook.roles, own.codes.role) } }),
      ...("is" in wave ? {} : { wave: { ...wave, multiple: false, codes: labelled(codebook.waves, own.codes.wave) } }),
    },
    questions: Object.fromEntries(questions),
  };
}

type Localised = QuestionnaireCodebook["title"];

const everyAs = (texts: readonly string[], code: string): Readonly<Record<string, string>> =>
  Object.fromEntries(texts.map((text) => [text, code]));

/** A code and its labels, whichever apostrophe the export has. */
const spellings = (code: string, label: Localised): readonly (readonly [string, string])[] =>
  [code, label.en, label.fr, label.nl]
    .flatMap((text) => [text, text.replaceAll("’", "'")])
    .map((text) => [text, code] as const);

function codesOf(
  { scales }: QuestionnaireCodebook,
  own: QuestionnaireExport,
  { kind, scale = "" }: QuestionnaireItem,
): Readonly<Record<string, string>> | undefined {
  if (kind === "text") return undefined;
  if (kind === "nps") return Object.fromEntries(RECOMMENDATIONS.map((code) => [code, code]));
  const answers = scales[scale]?.answers ?? [];
  return {
    ...Object.fromEntries(answers.flatMap(({ code, label }) => spellings(code, label))),
    ...own.codes[scale],
  };
}

/** A response's answers item by item; a choice of which nothing is ticked is answered too. */
export function codedResponse(
  codebook: QuestionnaireCodebook,
  own: QuestionnaireExport,
  response: SurveyResponse,
): CodedResponse {
  const { role, wave } = own.respondent;
  const asked = codebook.items.filter(({ item }) => item in own.answers);
  const isRole = "is" in role ? role.is : ROLES.find((one) => one === response.respondent.role);
  const isWave = "is" in wave ? wave.is : WAVES.find((one) => one === response.respondent.wave);
  const isAsked = (item: QuestionnaireItem): boolean =>
    isRole !== undefined && isWave !== undefined && item.roles.includes(isRole) && item.waves.includes(isWave);
  const given = asked.flatMap((item) =>
    answersTo(item, own, response, isAsked(item) && response.complete).map((code) => ({
      item: item.item,
      code,
      number: numberOf(codebook, item, code),
    })),
  );
  return {
    duo: response.respondent.duo ?? "",
    role: isRole ?? null,
    wave: isWave ?? null,
    answers: given,
    texts: Object.fromEntries(
      asked
        .filter(({ kind }) => kind === "text")
        .flatMap(({ item }) => (response.answers[item] ?? []).map((text) => [item, text])),
    ),
  };
}

function answersTo(
  { item, kind }: QuestionnaireItem,
  own: QuestionnaireExport,
  { answers }: SurveyResponse,
  isAsked: boolean,
): readonly string[] {
  const asked = own.answers[item];
  if (kind === "text" || asked === undefined) return [];
  if (!("options" in asked)) return [...new Set(answers[item] ?? [])];
  const ticked = Object.keys(asked.options).filter((code) => {
    const given = answers[optionName(item, code)]?.[0];
    return given !== undefined && given !== NONE_TICKED;
  });
  return ticked.length === 0 && isAsked ? [NONE_TICKED] : ticked;
}

function numberOf(codebook: QuestionnaireCodebook, item: QuestionnaireItem, code: string): number | null {
  if (item.kind === "nps") return Number(code);
  if (item.kind !== "likert") return null;
  const answers = (codebook.scales[item.scale ?? ""]?.answers ?? []).filter(({ noAnswer }) => !noAnswer);
  if (!answers.some((one) => one.code === code)) return null;
  const [lowest, highest] = [Number(answers[0]?.code), Number(answers.at(-1)?.code)];
  return item.reversed ? lowest + highest - Number(code) : Number(code);
}

/** Items answered by somebody whom the codebook doesn't ask, as sentences. */
export function unasked(codebook: QuestionnaireCodebook, { role, wave, answers }: CodedResponse): readonly string[] {
  if (role === null || wave === null) return [];
  const items = new Set(answers.map(({ item }) => item));
  return codebook.items
    .filter(({ item, roles, waves }) => items.has(item) && !(roles.includes(role) && waves.includes(wave)))
    .map(
      ({ item }) => `'${item}' is answered by a ${role} at '${wave}', who isn't asked it; widen \`roles\` or \`waves\``,
    );
}

/** The header under which an export has a question of ours; the first it may have where it isn't there. */
export const headerOf = (table: TextTable, headers: readonly string[]): string =>
  headers.find((header) => table.columns.some((column) => column.trim() === header)) ?? headers[0] ?? "";
