import type { Covariate, Patterns } from "../evaluate/patterns.ts";
import { UserError } from "../user-error.ts";
import type { TableSettings } from "./settings.ts";

/** More columns than this would take a regression minutes: its work grows with their cube. */
const MOST_COLUMNS = 2000;

/**
 * Refuses covariates whose levels make more columns than a model of them can do with.
 * @throws UserError naming the covariate with the most levels
 */
export function refuseWide(patterns: Patterns, { method, distance, covariates }: TableSettings): void {
  if (method === "exact" || method === "cem" || typeof distance === "object") return;
  const used = patterns.covariates.filter(({ name }) => covariates.includes(name));
  const columns = used.reduce((sum, one) => sum + columnsOf(one), 0);
  if (columns <= MOST_COLUMNS) return;
  const [widest] = [...used].sort((a, b) => columnsOf(b) - columnsOf(a));
  const name = widest?.name ?? "";
  throw new UserError(
    `--method ${method} would have ${columns} columns to model, at most ${MOST_COLUMNS} are taken; \`${name}\` alone has ${columnsOf(widest) + 1} levels: band it, or match on it with --method exact`,
  );
}

/** A number is one column, a text one a level but the first. */
const columnsOf = (of: Covariate | undefined): number => (of?.kind === "categorical" ? of.levels.length - 1 : 1);
