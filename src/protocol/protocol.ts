import { z } from "zod";
import { COHORT_DEFAULTS, COVARIATES, DEFINITIONS } from "../cohort/settings.ts";
import { PROGRAMME_TOPICS } from "../indicators/programme.ts";
import { curvesSchema, paymentSchema, placeboSchema } from "./credibility.ts";
import { disclosureSchema } from "./disclosure.ts";
import { engineSchema } from "./engine.ts";
import { cutpointProblems, errorProblem, errorSchema, matchingSchema } from "./matching.ts";
import { questionnairesSchema } from "./questionnaires.ts";
import { notifySchema, scheduleSchema } from "./schedule.ts";
import { sensitivitySchema } from "./sensitivity.ts";

const localised = z.strictObject({
  en: z.string().min(1),
  fr: z.string().min(1),
  nl: z.string().min(1),
});

export const LANGUAGES = ["en", "fr", "nl"] as const;
export const FORMATS = ["html", "pdf", "xlsx"] as const;
export const REPORTS = ["investor", "annual", "region", "employment-service"] as const;

const isoDate = z.iso.date();
const covariate = z.enum(COVARIATES);

const outcome = z.strictObject({
  definition: z.enum(DEFINITIONS).describe("Placement definition, by its code"),
  after: z.union([z.literal(0), z.literal(6)]).describe("Months after the index date at which the window opens"),
  months: z.literal(12).default(12),
});

const eligibility = z.strictObject({
  ageFrom: z.int().min(16).default(18),
  ageTo: z.int().max(64).default(33),
  origins: z
    .array(z.string())
    .default([...COHORT_DEFAULTS.eligibility.origins])
    .describe("Origins that both arms must have; the programme is for people of non-EU origin"),
});

/** Settings that contradict each other, each with its place. */
function checkEvaluation(evaluation: EvaluationShape, context: z.RefinementCtx): void {
  const refuse = (path: readonly (string | number)[], message: string | null): void => {
    if (message !== null) context.addIssue({ code: "custom", path: [...path], message });
  };
  const { ageBands, effect, matching, sensitivity, specification } = evaluation;
  for (const { path, message } of cutpointProblems(matching, ageBands)) refuse(["matching", ...path], message);
  refuse(["effect", "error"], errorProblem(matching, effect.error));
  if (effect.error === "person-jackknife")
    refuse(["effect", "error"], "person-jackknife is a sensitivity analysis: name it as `error` under `sensitivity`");
  sensitivity.forEach((one, i) => {
    const at = ["sensitivity", i] as const;
    const own = one.matching ?? matching;
    if (one.name === specification || sensitivity.findIndex(({ name }) => name === one.name) < i)
      refuse([...at, "name"], `'${one.name}' is already the name of a specification`);
    for (const { path, message } of cutpointProblems(own, ageBands)) refuse([...at, "matching", ...path], message);
    if (one.error !== undefined) refuse([...at, "error"], errorProblem(own, one.error));
    if ((one.eligibility?.ageFrom ?? ageBands[0] ?? 0) < (ageBands[0] ?? 0))
      refuse([...at, "eligibility", "ageFrom"], `age bands begin at ${ageBands[0]}; add a lower bound to \`ageBands\``);
  });
}

/** The settings of one evaluation, written before the result is known; hashed into everything it yields. */
const evaluationShape = z.strictObject({
  specification: z.string().min(1),
  seed: z.string().min(1).describe("Key of the hash that draws index days; changing it changes the draw"),
  cohorts: z.strictObject({
    years: z.array(z.int().min(2013).max(2100)).min(1),
    index: z.enum(["start-day", "first-of-month"]).default("start-day"),
  }),
  outcome,
  secondary: z.array(outcome).default([]).describe("Further placement definitions, reported beside the primary one"),
  register: z.strictObject({
    source: z.string().min(1).describe("Name of the register's file in sources/"),
    extraction: isoDate,
    reportingLagMonths: z.int().min(0).max(24),
    contractLength: z.enum(["contractual", "observed"]).default("contractual"),
    excludedContracts: z.array(z.string()).default([...COHORT_DEFAULTS.excludedContracts]),
  }),
  eligibility: eligibility.prefault({}),
  ageBands: z
    .array(z.int())
    .min(1)
    .default([...COHORT_DEFAULTS.ageBands]),
  matching: matchingSchema,
  sensitivity: sensitivitySchema,
  balance: z
    .strictObject({
      report: z.array(covariate).default([]),
      warn: z.number().positive().default(0.05),
      fail: z.number().positive().default(0.1),
    })
    .prefault({}),
  effect: z
    .strictObject({
      error: errorSchema
        .default("person")
        .describe("person: the method's own, clustered by person; other errors take weights as fixed"),
      interval: z.literal(0.95).default(0.95),
      pooled: z
        .literal(
          true,
          "checks are made of all cohorts together, and nothing is concluded without: leave it out, or true",
        )
        .default(true),
      target: z
        .number()
        .positive()
        .default(0.1)
        .describe("Difference, as a proportion, that the programme was planned to reach"),
      plannedControlRate: z
        .number()
        .gt(0)
        .lt(1)
        .optional()
        .describe("Controls' rate expected when the evaluation was planned; gives the smallest detectable difference"),
    })
    .prefault({}),
  subgroups: z
    .strictObject({
      by: z.array(covariate).default([]),
      adjust: z.enum(["holm", "none"]).default("holm"),
      minimumPersons: z.int().min(1).default(30),
    })
    .prefault({}),
  verdicts: z
    .strictObject({
      linkedShare: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe("Least share of the cohorts' duos whose participant is found in the register; not asked by default"),
      matchedShare: z.number().min(0).max(1).default(0.9),
      maxSmd: z.number().positive().default(0.1),
      minimumPersons: z.int().min(1).default(50),
      minimumPlacements: z.int().min(0).default(5),
      essControlPersons: z.number().min(0).default(100),
    })
    .prefault({}),
  curves: curvesSchema,
  placebo: placeboSchema,
  payment: paymentSchema,
});

type EvaluationShape = z.infer<typeof evaluationShape>;

export const evaluationSchema = evaluationShape.superRefine(checkEvaluation);

const programme = z
  .strictObject({
    years: z.array(z.int().min(2013).max(2100)).min(1).describe("Calendar years reported, one by one and together"),
    asOf: isoDate.describe("Day the programme's own data were extracted: nothing after it is known"),
    topics: z
      .array(z.enum(PROGRAMME_TOPICS))
      .min(1)
      .optional()
      .describe("What is told of the years; everything that was read where absent"),
  })
  .describe("Funnel, duos, mentors, declared outcomes and profile of every branch and region and of the network");

/** One pipeline file of `pipelines/`. */
export const pipelineSchema = z.strictObject({
  pipeline: z.string().regex(/^[a-z][a-z0-9-]*$/, "lower-case letters, digits and hyphens"),
  title: localised,
  organisation: z.string().min(1),
  synthetic: z.boolean().default(false).describe("Every output says that people and results are invented"),
  sources: z.array(z.string()).min(1).describe("Names of mapping files in sources/, without .yaml"),
  patterns: z
    .string()
    .min(1)
    .optional()
    .describe("Folder that `duo-impact patterns` made where the register is kept: it stands in the register's place"),
  region: z.string().min(1),
  regionName: localised,
  evaluation: evaluationSchema,
  programme: programme.optional(),
  questionnaires: questionnairesSchema.optional(),
  disclosure: disclosureSchema,
  engine: engineSchema.prefault({ kind: "duckdb" }),
  verify: z
    .strictObject({
      audit: z.boolean().default(true).describe("Attack an edition with what it shows before it is published"),
      tracing: z.boolean().default(true).describe("Find every number of pages, PDFs and workbooks in the metrics"),
    })
    .prefault({})
    .describe("What is asked of an edition before it is published, beside that its numbers hang together"),
  schedule: scheduleSchema.optional(),
  notify: notifySchema.optional(),
  ingest: z.strictObject({ maxRejectedShare: z.number().min(0).max(1).default(0.02) }).prefault({}),
  reports: z
    .array(
      z.strictObject({
        report: z.enum(REPORTS),
        languages: z.array(z.enum(LANGUAGES)).min(1),
        formats: z.array(z.enum(FORMATS)).min(1),
      }),
    )
    .default([]),
  chartPictures: z
    .boolean()
    .optional()
    .describe("Every chart as a PNG too, with its title and source, beside its specification (also `run --png`)"),
});

/** A pipeline's settings without where and when it is computed, what is then asked and who is told: no result depends on these. */
export type Pipeline = Omit<z.infer<typeof pipelineSchema>, "engine" | "verify" | "schedule" | "notify">;
export type Verification = z.infer<typeof pipelineSchema>["verify"];
/** `evaluation:` of a pipeline's YAML, defaults filled in: the promise that `protocol freeze` records. */
export type Evaluation = z.infer<typeof evaluationSchema>;
