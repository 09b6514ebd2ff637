import { z } from "zod";
import { closest } from "../closest.ts";
import { COVARIATES } from "../cohort/settings.ts";

const covariate = z.enum(COVARIATES);
const named = z.array(covariate).min(1);
const blocks = z.array(covariate).default([]).describe("Covariates that a participant and the controls share exactly");

const exact = {
  on: named.describe("Covariates that participants and their controls share exactly"),
  relax: z
    .array(named)
    .default([])
    .describe("Coarser and coarser sets of covariates, tried in turn for participants without a control"),
};

const cem = {
  on: blocks,
  cutpoints: z
    .partialRecord(covariate, z.array(z.number()).min(1))
    .default({})
    .describe(
      "Where banded covariates are cut, at lower bounds of their bands: {age_band: [26], unemployment_duration: [12]}",
    ),
};

const nearest = {
  on: blocks,
  covariates: named.describe("Covariates of the propensity score"),
  distance: z
    .enum(["logit", "mahalanobis"])
    .default("logit")
    .refine((distance) => distance === "logit", {
      message:
        "Mahalanobis distance chooses among persons, and patterns do not say who is who; take distance: logit, or `duo-impact evaluate --method nearest --distance mahalanobis` on a flat file",
    }),
  ratio: z.int().min(1).default(1).describe("Controls a participant"),
  replace: z.boolean().default(false).describe("Whether a control may serve several participants"),
  caliper: z
    .number()
    .positive()
    .optional()
    .describe(
      "Widest difference of the score, in its standard deviations; it changes the estimand, so it has no default",
    ),
  order: z
    .enum(["largest", "smallest", "closest"], {
      error: ({ input }) =>
        input === "data"
          ? "a register's patterns have no order of persons; take order: largest, smallest or closest, or `duo-impact evaluate --order data` on a flat file"
          : "choose an order: largest, smallest, closest",
    })
    .default("largest")
    .describe("Whose turn comes first: by the score, or the two nearest scores of all (closest)"),
};

const optimal = {
  on: blocks,
  covariates: nearest.covariates,
  distance: nearest.distance,
  ratio: nearest.ratio,
};

const weighted = { covariates: named.describe("Covariates of the propensity score, each a main effect") };

const entropy = {
  covariates: named.describe("Covariates whose levels get the same shares in both arms"),
  moments: z
    .int()
    .default(1)
    .refine((moments) => moments === 1, {
      message:
        "covariates of a register are bands and codes: their shares are all the moments they have; leave it at 1",
    })
    .describe("Moments that are balanced: 1, the shares of levels"),
};

const METHODS = ["exact", "cem", "nearest", "optimal", "odds", "entropy"] as const;

const unknownMethod = (choices: readonly string[]) => ({
  error: ({ input }: { readonly input?: unknown }): string => {
    const method: unknown = Object(input).method;
    return typeof method === "string"
      ? `'${method}' is no method of matching; ${closest(method, choices)}`
      : `choose a method: ${choices.join(", ")}`;
  },
});

const reuse = z
  .enum(["every-month", "once"])
  .default("every-month")
  .describe("Whether a jobseeker serves in every month at risk, or in one that a keyed hash draws");

/** One member a method; the method may be left out for `exact`. */
const members = <S extends z.ZodRawShape>(shared: S) =>
  [
    z.strictObject({ method: z.literal("exact").optional().default("exact"), ...exact, ...shared }),
    z.strictObject({ method: z.literal("cem"), ...cem, ...shared }),
    z.strictObject({ method: z.literal("nearest"), ...nearest, ...shared }),
    z.strictObject({ method: z.literal("optimal"), ...optimal, ...shared }),
    z.strictObject({ method: z.literal("odds"), ...weighted, ...shared }),
    z.strictObject({ method: z.literal("entropy"), ...entropy, ...shared }),
  ] as const;

const aipw = z.strictObject({
  method: z.literal("aipw"),
  covariates: named.describe("Covariates of both models: who takes part, and what controls reach"),
});

/** How controls are found; `reuse` decides which months of a jobseeker may serve. */
export const matchingSchema = z.discriminatedUnion("method", members({ reuse }), unknownMethod(METHODS));

/** As above for one specification of the sensitivity analysis, with AIPW, which matches nobody. */
export const alternativeMatchingSchema = z.discriminatedUnion(
  "method",
  [...members({}), aipw],
  unknownMethod([...METHODS, "aipw"]),
);

/** A specification's way to controls: a method without `reuse`, which a specification states beside it, or `aipw`. */
export type Alternative = z.infer<typeof alternativeMatchingSchema>;
/** An alternative that matches or weighs rows; AIPW models outcomes too, and matches nobody. */
export type Matching = Exclude<Alternative, { method: "aipw" }>;

const ERRORS = ["person", "HC3", "fixed-weights", "matched", "person-jackknife"] as const;
/** An error as the protocol names it, for any method; `errorType` says which error of `evaluate` it is. */
export type ErrorName = (typeof ERRORS)[number];

/** One of the errors; those of flat files that a register's patterns can't have are refused with the reason. */
export const errorSchema = z.enum(ERRORS, {
  error: ({ input }) =>
    input === "set" || input === "two-way"
      ? `'${input}' needs to know who is matched with whom, and patterns do not say; choose ${ERRORS.join(", ")}, or \`duo-impact evaluate\` on a flat file`
      : `choose an error: ${ERRORS.join(", ")}`,
});

/**
 * Errors by method, its own first: `person` clusters by person, on influence functions where weights are fitted.
 * Pairs have no error by set here: patterns know no sets.
 */
const ERRORS_OF: Readonly<Record<Alternative["method"] | "relaxed", readonly ErrorName[]>> = {
  exact: ["person", "HC3", "matched", "person-jackknife"],
  relaxed: ["person", "HC3", "person-jackknife"],
  cem: ["person", "HC3", "matched", "person-jackknife"],
  nearest: ["person", "HC3", "person-jackknife"],
  optimal: ["person", "HC3", "person-jackknife"],
  odds: ["person", "fixed-weights"],
  entropy: ["person", "fixed-weights"],
  aipw: ["person"],
};

/** Why a method can't be given an error, and what it can be given; null where it can. */
export function errorProblem(matching: Alternative, error: ErrorName): string | null {
  const relaxed = matching.method === "exact" && matching.relax.length > 0;
  const allowed = ERRORS_OF[relaxed ? "relaxed" : matching.method];
  if (allowed.includes(error)) return null;
  const name = relaxed ? "exact matching down a ladder" : matching.method;
  return `'${error}' is not an error of ${name}; choose ${allowed.join(", ")}`;
}

/** Lower bounds of the bands that may be cut between. */
const BOUNDS: Readonly<Record<string, readonly number[]>> = {
  unemployment_duration: [6, 12, 24],
  months_worked_24: [1, 6, 12],
};

/** What is wrong with cutpoints, with the place of each: bands can only be cut where they begin. */
export function cutpointProblems(
  matching: Alternative,
  ageBands: readonly number[],
): readonly { readonly path: readonly string[]; readonly message: string }[] {
  if (matching.method !== "cem") return [];
  const nothing =
    matching.on.length + Object.keys(matching.cutpoints).length === 0
      ? [{ path: ["on"], message: "cem needs covariates: cut ones in `cutpoints`, others in `on`" }]
      : [];
  const cut = Object.entries(matching.cutpoints).flatMap(([name, points = []]) => {
    const bounds = name === "age_band" ? ageBands.slice(1) : BOUNDS[name];
    const path = ["cutpoints", name];
    if (bounds === undefined) return [{ path, message: `${name} has no order to cut; name it in \`on\`` }];
    const wrong = points.filter((point) => !bounds.includes(point));
    if (wrong.length === 0) return [];
    return [
      {
        path,
        message: `the bands of ${name} begin at ${bounds.join(", ")}; they cannot be cut at ${wrong.join(", ")}`,
      },
    ];
  });
  return [...nothing, ...cut];
}
