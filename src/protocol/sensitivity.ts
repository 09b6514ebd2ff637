import { z } from "zod";
import { COVARIATES, DEFINITIONS } from "../cohort/settings.ts";
import { alternativeMatchingSchema, errorSchema } from "./matching.ts";

/** One alternative to the primary specification; what is left out is the primary's. */
const specificationSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, "lower-case letters, digits and hyphens")
    .describe("Name under which its result is published"),
  definition: z.enum(DEFINITIONS).optional(),
  after: z.union([z.literal(0), z.literal(6)]).optional(),
  matching: alternativeMatchingSchema.optional(),
  error: errorSchema.optional().describe("The matching method's own where the method is another than the primary's"),
  index: z.enum(["start-day", "first-of-month"]).optional(),
  reuse: z.enum(["every-month", "once"]).optional(),
  eligibility: z
    .strictObject({
      ageFrom: z.int().min(16).optional(),
      ageTo: z.int().max(64).optional(),
      origins: z.array(z.string()).min(1).optional(),
    })
    .optional(),
  participants: z
    .enum(["matched", "all"])
    .default("matched")
    .describe("matched: those whom the primary specification matched, so that the estimand stays the same; or all"),
  exclude: z
    .partialRecord(z.enum(COVARIATES), z.array(z.string()).min(1))
    .optional()
    .describe("Levels left out of both arms: {qualification: [unknown]}"),
});

export const sensitivitySchema = z
  .array(specificationSchema)
  .default([])
  .describe("Alternatives to the primary specification, each published under its name beside the primary result");

/** One entry of `evaluation.sensitivity`: what it doesn't name is the primary specification's. */
export type Specification = z.infer<typeof specificationSchema>;
