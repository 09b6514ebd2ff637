import { COVARIATES } from "../cohort/settings.ts";
import type { Alternative } from "./matching.ts";

/** Every covariate that a method names, in the order in which patterns hold them. */
export function covariatesOf(matching: Alternative): readonly (typeof COVARIATES)[number][] {
  const on = "on" in matching ? matching.on : [];
  const relaxed = "relax" in matching ? matching.relax.flat() : [];
  const cut = "cutpoints" in matching ? Object.keys(matching.cutpoints) : [];
  const scored = "covariates" in matching ? matching.covariates : [];
  const all = new Set<string>([...on, ...relaxed, ...cut, ...scored]);
  return COVARIATES.filter((name) => all.has(name));
}
