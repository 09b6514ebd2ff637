import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { closest } from "../../closest.ts";
import { parseYaml, yamlNames, yamlText } from "../../protocol/yaml-file.ts";
import { UserError } from "../../user-error.ts";
import { SURVEY_TOOLS } from "./survey-tools.ts";

export const WAVES = ["entry", "end", "alumni"] as const;
export const ROLES = ["mentee", "mentor"] as const;
export type Wave = (typeof WAVES)[number];
export type Role = (typeof ROLES)[number];

/** Answer that stands for "shown the choices, ticked none". */
export const NONE_TICKED = "none";

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, "lower-case letters, digits and underscores");
const localised = z.strictObject({ en: z.string().min(1), fr: z.string().min(1), nl: z.string().min(1) });
const headers = z.array(z.string().min(1)).min(1);
const texts = z.array(z.string().min(1));

const answer = z.strictObject({
  code: z.string().min(1),
  label: localised.describe("An export may give the label, in any language, instead of the code"),
  neutral: z.boolean().default(false).describe("Neither one nor the other: shown apart"),
  noAnswer: z.boolean().default(false).describe("Doesn't know, doesn't say: counted as no answer"),
});

const item = z.strictObject({
  item: name,
  kind: z.enum(["likert", "nps", "choice", "text"]),
  theme: name.optional(),
  scale: name.optional().describe("Of a likert or choice item"),
  text: localised,
  roles: z
    .array(z.enum(ROLES))
    .min(1)
    .default([...ROLES])
    .describe("Who is asked"),
  waves: z
    .array(z.enum(WAVES))
    .min(1)
    .default([...WAVES])
    .describe("When"),
  reversed: z.boolean().default(false).describe("Agreement is bad: the answers are mirrored on the scale"),
});

const option = z.strictObject({
  columns: headers,
  ticked: texts.default(["Y", "Yes", "Oui", "Ja", "1", "TRUE", "True"]),
  unticked: texts.default(["N", "No", "Non", "Nee", "Neen", "0", "FALSE", "False"]),
  anyText: z.boolean().default(false).describe("Whatever stands in the column ticks the option"),
});

const asked = z.strictObject({ columns: headers });
const columns = z.strictObject({
  columns: headers.describe("The question's header in each language version; the first that is there is read"),
  multiple: z.boolean().default(false).describe("Several answers in one cell, separated by blanks or commas"),
});

const exported = z.strictObject({
  export: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "lower-case letters, digits and hyphens"),
  files: z.string().min(1).describe("Relative to the project folder; * and ** as in sources"),
  tool: z
    .enum(["auto", ...SURVEY_TOOLS.map((tool) => tool.name)])
    .default("auto")
    .describe("Which tool the files come from; auto: by their header"),
  days: z.enum(["YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY"]).default("YYYY-MM-DD").describe("How days are written"),
  language: z.enum(["en", "fr", "nl"]).default("en").describe("Of whoever gets the rejects back"),
  duosStarted: z
    .strictObject({ from: z.iso.date(), to: z.iso.date() })
    .optional()
    .describe("First and last day on which the duos started that were asked; all duos where absent"),
  respondent: z.strictObject({
    duo: asked,
    role: z.union([asked, z.strictObject({ is: z.enum(ROLES) })]),
    wave: z.union([asked, z.strictObject({ is: z.enum(WAVES) })]),
  }),
  answers: z.record(name, z.union([columns, z.strictObject({ options: z.record(z.string(), option) })])),
  codes: z
    .record(name, z.record(z.string(), z.string()))
    .default({})
    .describe("By scale (also `role`, `wave`): their answer: our code, beside our codes and labels"),
});

/** One file of `pipelines/questionnaires/`: what is asked of whom and when, and where the answers stand. */
export const QuestionnaireCodebook = z
  .strictObject({
    questionnaire: z.string().min(1),
    title: localised,
    synthetic: z.boolean().default(false),
    roles: z.strictObject({ mentee: localised, mentor: localised }),
    waves: z.strictObject({ entry: localised, end: localised, alumni: localised }),
    scales: z.record(
      name,
      z.strictObject({ answers: z.array(answer).min(2).describe("From the lowest to the highest") }),
    ),
    themes: z.record(name, localised),
    items: z.array(item).min(1),
    exports: z.array(exported).min(1),
  })
  .superRefine((codebook, context) => {
    for (const { path, message } of contradictions(codebook)) context.addIssue({ code: "custom", path, message });
  });

/**
 * A file of `pipelines/questionnaires`, defaults filled in: its items, scales, roles and waves agree with each other.
 */
export type QuestionnaireCodebook = z.infer<typeof QuestionnaireCodebook>;
/** A question of the codebook, with its defaults: asked of both roles in every wave unless it says otherwise. */
export type QuestionnaireItem = z.infer<typeof item>;
/** Files of one tool and where the answers stand in them; several exports share items and scales. */
export type QuestionnaireExport = z.infer<typeof exported>;

interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
}

/** Parts of a codebook that don't fit each other, each with its place. */
function contradictions(codebook: z.infer<z.ZodObject<Parts>>): readonly Problem[] {
  const { items, exports, scales, themes } = codebook;
  const unknown = (path: (string | number)[], known: readonly string[], given: string, what: string): Problem[] =>
    known.includes(given) ? [] : [{ path, message: `'${given}' is no ${what}; ${closest(given, known)}` }];
  const names = items.map((one) => one.item);
  const codesOf = (scale: string): readonly string[] => {
    if (scale === "role") return ROLES;
    return scale === "wave" ? WAVES : (scales[scale]?.answers.map(({ code }) => code) ?? []);
  };
  const ofItems = items.flatMap((one, i): Problem[] => [
    ...(names.indexOf(one.item) < i ? [{ path: ["items", i, "item"], message: `'${one.item}' is there already` }] : []),
    ...(one.theme === undefined ? [] : unknown(["items", i, "theme"], Object.keys(themes), one.theme, "theme")),
    ...(one.kind === "likert" && one.theme === undefined
      ? [{ path: ["items", i], message: "a likert item has a `theme`" }]
      : []),
    ...scaleProblems(one, i, scales),
  ]);
  const ofExports = exports.flatMap((one, e): Problem[] => [
    ...(exports.findIndex((other) => other.export === one.export) < e
      ? [{ path: ["exports", e, "export"], message: `'${one.export}' is there already` }]
      : []),
    ...Object.entries(one.answers).flatMap(([given, answers]) => {
      const path = ["exports", e, "answers", given];
      const found = items.find(({ item: own }) => own === given);
      if (found === undefined) return unknown(path, names, given, "item");
      if (!("options" in answers)) return [];
      if (found.kind !== "choice") return [{ path, message: `'${given}' takes one answer; only a choice has options` }];
      const known = codesOf(found.scale ?? "");
      return Object.keys(answers.options).flatMap((code) =>
        unknown([...path, "options", code], known, code, `answer of scale '${found.scale}'`),
      );
    }),
    ...Object.entries(one.codes).flatMap(([scale, codes]) => {
      const path = ["exports", e, "codes", scale];
      const isKnown = unknown(path, [...Object.keys(scales), "role", "wave"], scale, "scale");
      if (isKnown.length > 0) return isKnown;
      return Object.entries(codes).flatMap(([theirs, ours]) =>
        unknown([...path, theirs], codesOf(scale), ours, `answer of scale '${scale}'`),
      );
    }),
  ]);
  return [...ofItems, ...ofExports];
}

type Parts = typeof QuestionnaireCodebook.shape;
type Scales = QuestionnaireCodebook["scales"];

function scaleProblems(one: QuestionnaireItem, i: number, scales: Scales): Problem[] {
  const path = ["items", i, "scale"];
  const needs = one.kind === "likert" || one.kind === "choice";
  if (!needs) return one.scale === undefined ? [] : [{ path, message: `an item of kind ${one.kind} has no scale` }];
  const scale = scales[one.scale ?? ""];
  if (scale === undefined)
    return [{ path, message: `'${one.scale ?? ""}' is no scale; ${closest(one.scale ?? "", Object.keys(scales))}` }];
  if (one.kind === "choice")
    return scale.answers.some(({ code }) => code === NONE_TICKED)
      ? [{ path, message: `'${NONE_TICKED}' stands for no choice ticked; give the answer another code` }]
      : [];
  const numbers = scale.answers.filter(({ noAnswer }) => !noAnswer).map(({ code }) => Number(code));
  const rise = numbers.every((value, k) => Number.isInteger(value) && (k === 0 || value > (numbers[k - 1] ?? value)));
  return rise && numbers.length >= 3
    ? []
    : [{ path, message: `the codes of scale '${one.scale}' must be at least three whole numbers, rising` }];
}

/**
 * Reads a codebook of `pipelines/questionnaires/`.
 * @throws UserError with every problem, each with its line
 */
export function loadCodebook(folder: string, codebook: string): QuestionnaireCodebook {
  const path = join(folder, `${codebook}.yaml`);
  if (!existsSync(path))
    throw new UserError(`questionnaires.codebook: there is no file ${path}; ${closest(codebook, yamlNames(folder))}`);
  const parsed = parseYaml(path, yamlText(path), QuestionnaireCodebook);
  if (parsed.questionnaire !== basename(path, ".yaml"))
    throw new UserError(
      `${path}: questionnaire: '${parsed.questionnaire}' differs from the file's name '${codebook}'; make them the same`,
    );
  return parsed;
}
