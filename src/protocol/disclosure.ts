import { z } from "zod";

/** What readers of this audience may be shown, and how counts are kept from giving more away. */
export const disclosureSchema = z
  .strictObject({
    audience: z.enum(["public", "funder", "internal"]),
    threshold: z
      .int()
      .min(4, { error: ({ input }) => `the threshold is never below 4, and is ${String(input)}` })
      .default(5),
    method: z
      .enum(["suppression", "rounding"])
      .optional()
      .describe(
        "suppression (default) hides what tells too much; rounding tells every count as a multiple of the base, so that totals still add up, and hides only rates of too few",
      ),
    base: z.int().min(4).optional().describe("What counts are rounded to multiples of; 5 by default"),
    earlierEditions: z
      .array(
        z
          .string('an edition\'s name stands in quotes: "2016.1" (2016.10 would be read as the number 2016.1)')
          .regex(
            /^([a-z][a-z0-9-]*\/)?\d{4}\.\d+$/,
            'expected an edition ("2016.1"), or another pipeline\'s with its name before it ("annual-report/2024.1")',
          ),
      )
      .default([])
      .describe(
        "Editions that readers hold, of this pipeline or (annual-report/2024.1) of another over the same persons: what they give away together is protected, and corrections are told of this pipeline's own",
      ),
    regrouped: z
      .record(
        z.string(),
        z.record(
          z.string(),
          z.array(z.string("a group's name is text: put it in quotes")).min(1, "name the groups that it was made of"),
        ),
      )
      .optional()
      .describe(
        "Regions or levels that aren't those of earlier editions: by dimension (region, qualification ...), for each new group the earlier ones that its persons were in ({qualification: {upper: [medium, high]}}); of dimensions that aren't named it is guessed from figures and names, as a reader would",
      ),
  })
  .superRefine(({ earlierEditions, regrouped }, context) => {
    if (regrouped !== undefined && earlierEditions.length === 0)
      context.addIssue({
        code: "custom",
        path: ["regrouped"],
        message: "says what became of groups of earlier editions: name those in earlierEditions, or leave it out",
      });
  })
  .superRefine(({ threshold, method, base }, context) => {
    const problem = (message: string) => context.addIssue({ code: "custom", path: ["base"], message });
    if (method !== "rounding" && base !== undefined)
      problem("nothing is rounded: add method: rounding, or leave it out");
    if (method === "rounding" && (base ?? 5) < threshold)
      problem(`${base ?? 5} is below the threshold ${threshold}: a count of fewer would show in its multiple`);
  });
