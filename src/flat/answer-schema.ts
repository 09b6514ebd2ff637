import { z } from "zod";
import { ERROR_TYPES } from "./errors.ts";

const value = z.number().nullable();
const count = z.number().min(0);
const estimate = { estimate: value, lower: value, upper: value };
const reason = z.string().nullable();
const verdict = z.strictObject({ name: z.string(), value, threshold: z.number(), passed: z.boolean() });
const seType = z.enum(ERROR_TYPES);
const difference = z.strictObject({ ...estimate, se: value, seType, p: value });
const ratio = z.strictObject(estimate);
const interval = z.strictObject({ lower: value, upper: value, reason });
const contrast = z.strictObject({ ...estimate, se: value, reason });
const test = { statistic: value, p: value, reason };
const testWithFreedom = z.strictObject({ ...test, degreesOfFreedom: count });
const arms = z.strictObject({ treated: value, control: value });
const arm = z.strictObject({ events: z.number(), size: count });
const names = z.array(z.string());

const call = z.strictObject({
  treated: z.string(),
  outcome: z.string(),
  method: z.string(),
  covariates: names,
  exact: names.optional(),
  relax: z.array(names).optional(),
  cutpoints: z.record(z.string(), z.union([z.array(z.number()), z.string()])).optional(),
  distance: z
    .union([z.enum(["logit", "logit-linear", "mahalanobis"]), z.strictObject({ column: z.string() })])
    .optional(),
  ratio: z.int().optional(),
  replace: z.boolean().optional(),
  caliper: value.optional(),
  order: z.enum(["largest", "smallest", "closest", "data"]).nullable().optional(),
  moments: z.int().optional(),
  subgroups: names.optional(),
  errors: seType,
  id: z.string().nullable(),
});

const balance = z.strictObject({
  covariate: z.string(),
  level: z.string().nullable().describe("null for a number"),
  measure: z.enum(["smd", "difference", "varianceRatio", "ecdfMean", "ecdfMax"]),
  before: value,
  after: value,
});

const hiddenBias = z.strictObject({
  eValue: z.strictObject({ point: z.number(), limit: value }).nullable(),
  rosenbaum: z
    .strictObject({
      participantOnly: count,
      controlOnly: count,
      gamma: value,
      bounds: z.array(z.strictObject({ gamma: z.number(), upper: z.number(), lower: z.number() })),
    })
    .optional()
    .describe("For pairs of one participant and one control"),
});

const subgroups = z.strictObject({
  column: z.string(),
  levels: z.array(
    z.strictObject({
      level: z.string(),
      n: z.strictObject({ treated: count, matchedTreated: count, matchedControl: count }),
      rates: arms,
      difference,
      relative: ratio,
      riskRatio: ratio,
      oddsRatio: ratio,
      pHolm: value.describe("By Holm, over all levels of all columns"),
      balance: z.array(balance).describe("Of the level's rows, in standard deviations of all participants"),
      verdicts: z.array(verdict),
    }),
  ),
  heterogeneity: z
    .strictObject({ q: value, freedom: value, p: value, levels: names, pHolm: value })
    .describe("The test that all levels have one effect; pHolm over the columns"),
});

const plainTable = z.strictObject({
  participants: arm,
  controls: arm,
  equalWeights: z.boolean().describe("Whether this table's difference is the effect's"),
  difference: z.number(),
  newcombe: interval,
  miettinenNurminen: interval,
  agrestiCaffo: interval,
});

const mantelHaenszel = z.strictObject({
  strata: count,
  difference: contrast,
  differenceSeGreenlandRobins: value,
  riskRatio: contrast.describe("se of the logarithm"),
  oddsRatio: contrast.describe("se of the logarithm"),
  association: z.strictObject(test),
  associationCorrected: z.strictObject(test),
  homogeneity: z.strictObject({ breslowDay: testWithFreedom, tarone: testWithFreedom, woolf: testWithFreedom }),
});

const propensity = z.strictObject({
  coefficients: z.array(z.strictObject({ column: z.string(), estimate: value, se: value })),
  rows: count,
  deviance: z.number(),
  nullDeviance: z.number(),
  converged: z.boolean(),
  separatedBy: names.nullable(),
});

/** What `duo-impact evaluate --json` prints: proportions for outcomes of 0 and 1, null where there is no answer. */
export const answerSchema = z.strictObject({
  call: call.describe("What was asked, defaults filled in"),
  estimand: z.strictObject({
    name: z.literal("ATT"),
    population: z.enum(["participants", "matched participants"]),
    words: z.string(),
  }),
  method: z.string(),
  n: z.strictObject({
    treated: count,
    control: count,
    matchedTreated: count,
    matchedControl: count,
    strata: count.nullable().describe("Strata that hold both arms; null where the method has none"),
  }),
  ess: arms.describe("Effective sample sizes: of persons where they recur, else of rows"),
  rates: arms,
  rateIntervals: z.strictObject({ treated: ratio, control: ratio }),
  difference,
  relative: ratio.describe("Participants' rate over controls', less 1"),
  riskRatio: ratio,
  oddsRatio: ratio,
  balance: z.array(balance),
  unmatched: z.array(z.strictObject({ reason: z.string(), persons: z.number() })),
  verdicts: z.array(verdict),
  detectable: z
    .strictObject({ controlRate: z.number(), planned: z.boolean(), increase: value })
    .nullable()
    .optional()
    .describe("The least increase found with 80 % power at 5 %, for outcomes of 0 and 1"),
  hiddenBias: hiddenBias.optional().describe("For outcomes of 0 and 1"),
  rungs: z
    .array(z.strictObject({ on: names, participants: count }))
    .optional()
    .describe("Of --relax"),
  propensity: propensity
    .optional()
    .describe(
      "The logistic regression of the arm, with treatment contrasts as R's glm; null estimates under separation",
    ),
  subgroups: z.array(subgroups).optional().describe("Of --subgroups"),
  plainTable: plainTable.optional().describe("For outcomes of 0 and 1 where nobody is in two rows"),
  mantelHaenszel: mantelHaenszel.optional().describe("For outcomes of 0 and 1 in strata or sets"),
});
