import { covariate } from "../evaluate/exact.ts";
import type { LogisticFit, Unfitted } from "../evaluate/logistic.ts";
import { type Distance, matchNearest } from "../evaluate/nearest.ts";
import type { MatchedPairs, PairedDesign } from "../evaluate/nearest-pairs.ts";
import { matchOptimal } from "../evaluate/optimal.ts";
import type { Patterns } from "../evaluate/patterns.ts";
import { UserError } from "../user-error.ts";
import { type DistanceChoice, type MatchSettings, type TableMatch, unanswered } from "./match.ts";
import { scoreOfPeople } from "./score.ts";

/** Nearest neighbours, in rounds. */
export function nearestMatch(patterns: Patterns, settings: MatchSettings, byId?: Int32Array): TableMatch {
  const { exact, ratio = 1, replace = false, distance = "logit", caliper, order } = settings;
  const title = `nearest matching 1:${ratio}${replace ? " with replacement" : ""} on ${wordsOf(settings)}${limitsOf(settings)}`;
  const score = scoreOf(patterns, distance, settings.covariates);
  const found =
    typeof score === "string"
      ? score
      : matchNearest(patterns, {
          distance: score.distance,
          ratio,
          replace,
          exact,
          ...(caliper === undefined ? {} : { caliper }),
          ...(order === undefined ? {} : { order }),
          ...(byId === undefined ? {} : { byId }),
        });
  if (typeof score === "string" || typeof found === "string")
    return unanswered(patterns, "nearest", title, String(found));
  return paired(found, title, score, ratio);
}

/** The pairs whose distances sum to least. */
export function optimalMatch(patterns: Patterns, settings: MatchSettings, byId?: Int32Array): TableMatch {
  const { exact, ratio = 1, distance = "logit" } = settings;
  const title = `optimal matching 1:${ratio} on ${wordsOf(settings)}`;
  const score = scoreOf(patterns, distance, settings.covariates);
  if (typeof score === "string") return unanswered(patterns, "optimal", title, score);
  const ids = byId === undefined ? {} : { byId };
  const found = matchOptimal(patterns, { distance: score.distance, ratio, exact, ...ids });
  if (typeof found === "string") return unanswered(patterns, "optimal", title, found);
  if (!("weights" in found))
    throw new UserError(
      `optimal compares everybody in a block, and ${found.participants} participants with ${found.controls} controls are too many; make blocks smaller with --exact, or take --method nearest`,
    );
  return paired(found, title, score, ratio);
}

/** Sets are numbered from 1; who is in none has no words. */
function paired(design: Paired, title: string, { fit, warnings }: ScoreUsed, ratio: number): TableMatch {
  const label = (p: number): string => ((design.stratum[p] ?? -1) < 0 ? "" : String((design.stratum[p] ?? 0) + 1));
  const fitted = fit === undefined ? {} : { fit };
  const told = [...warnings, ...design.warnings, ...fewerThan(ratio, design.pairs)];
  return { design, title, label, pairs: design.pairs, ...fitted, warnings: told };
}

/** Participants for whom there were not as many controls as were asked for. */
function fewerThan(ratio: number, { rank }: MatchedPairs): readonly string[] {
  const matched = rank.filter((one) => one === 1).length;
  const fewer = matched - rank.filter((one) => one === ratio).length;
  return fewer === 0
    ? []
    : [
        `${fewer} of ${matched} matched participants have fewer than the ${ratio} controls of --ratio ${ratio}: there were not enough in their block, or near enough`,
      ];
}

function wordsOf({ distance = "logit", covariates, exact }: MatchSettings): string {
  const on =
    typeof distance === "string" ? `${DISTANCES[distance]} over ${covariates.join(", ")}` : `\`${distance.column}\``;
  return exact.length > 0 ? `${on} within ${exact.join(", ")}` : on;
}

function limitsOf({ caliper, order, replace = false }: MatchSettings): string {
  const first = order === undefined || replace ? "" : `; who chooses first: ${order}`;
  return caliper === undefined ? first : `, caliper ${caliper} standard deviations${first}`;
}

const DISTANCES = {
  logit: "the propensity score",
  "logit-linear": "the logit of the propensity score",
  mahalanobis: "Mahalanobis distance",
} as const;

type Paired = PairedDesign & { readonly warnings: readonly string[] };

interface ScoreUsed {
  readonly distance: Distance;
  readonly fit?: LogisticFit;
  readonly warnings: readonly string[];
}

/** The distance to match by, and what to know of it; or why there is none. */
function scoreOf(patterns: Patterns, choice: DistanceChoice, covariates: readonly string[]): ScoreUsed | Unfitted {
  if (choice === "mahalanobis")
    return { distance: { kind: "mahalanobis", terms: covariates.map((name) => ({ covariate: name })) }, warnings: [] };
  if (typeof choice === "string") {
    const fitted = scoreOfPeople(patterns, covariates, choice === "logit" ? "probability" : "linear");
    if (typeof fitted === "string") return fitted;
    return { distance: { kind: "given", score: fitted.values }, fit: fitted.fit, warnings: fitted.warnings };
  }
  const score = covariate(patterns, choice.column);
  if (score.kind !== "numeric")
    throw new UserError(`--distance column:${choice.column}: not all of its values are numbers`);
  return { distance: { kind: "given", score: score.values }, warnings: [] };
}
