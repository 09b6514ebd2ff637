import type { SeType } from "../evaluate/effect.ts";

/** Errors by the names that `--errors` takes. */
export const ERROR_TYPES = [
  "HC0",
  "HC1",
  "HC2",
  "HC3",
  "CR0",
  "CR1",
  "CR3",
  "set",
  "two-way",
  "matched",
  "stratified",
  "stacked",
] as const satisfies readonly SeType[];
