import { z } from "zod";

const meaning = z
  .enum(["competing", "censoring", "ignored"])
  .default("competing")
  .describe(
    "competing: can no longer be placed; censoring: would have gone on like the others; ignored: counts as not placed",
  );

/** Curves of time to placement; left out, none are made. */
export const curvesSchema = z
  .strictObject({
    exits: z
      .strictObject({ death: meaning, deregistration: meaning, emigration: meaning })
      .prefault({})
      .describe("What each way out of the register other than work means"),
  })
  .optional()
  .describe("Time to the first day in work, by month, in both arms");

/** The placebo test; left out, none is made. */
export const placeboSchema = z
  .strictObject({
    outcome: z
      .enum(["days90", "days"])
      .default("days90")
      .describe("At least 90 days worked in months -24 to -13 before the index date, or how many days"),
    delta: z
      .number()
      .positive()
      .describe(
        "Largest difference taken for none: a proportion for days90, days for days; the 90 % interval is held against it",
      ),
  })
  .optional()
  .describe("A difference where there can be no effect: work in months -24 to -13 before the index date");

/** The outcomes contract; left out, no payment is computed. */
export const paymentSchema = z
  .strictObject({
    contract: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/, "the name of a file in contracts/, without .yaml")
      .describe("Name of the outcomes contract in contracts/, without .yaml"),
    override: z
      .strictObject({ by: z.string().min(1), reason: z.string().min(1) })
      .optional()
      .describe("The evaluator's recorded decision to let the contract pay although a check failed"),
  })
  .optional()
  .describe("Payment under an outcomes contract");
