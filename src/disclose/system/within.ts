import { groupBy } from "../../group-by.ts";
import type { Finding } from "../finding.ts";
import { countName, placeKey, type Role, totalOf } from "../place.ts";
import { type DisclosureRules, isSmall } from "../primary.ts";
import { addAtMost, addBetween, addSame, type Builder } from "./builder.ts";

/**
 * Shares of who did something within so many months, of those seen for as long, and of who ever did (`Cell.within`): who
 * is seen for long is seen for less, and who did it soon has done it later. Where as many are seen they are the same
 * persons, as a reader reckons from the calendar: then who did it in between is a count too, which nobody shows, and so
 * is who is seen for less only.
 */
export function addWithin(builder: Builder, rates: readonly Finding[], rules: DisclosureRules): void {
  const told = rates.filter(({ cell }) => cell.within !== undefined);
  const curves = groupBy(told, (finding) => [finding.metric, finding.arm, placeKey(totalOf(finding))].join("\u0000"));
  for (const curve of curves.values()) {
    const steps = curve
      .filter(({ cell }) => cell.within !== null)
      .toSorted((a, b) => (a.cell.within ?? 0) - (b.cell.within ?? 0));
    for (const [i, later] of steps.entries()) addStep(builder, steps[i - 1], later, rules);
    const ever = curve.find(({ cell }) => cell.within === null);
    if (ever !== undefined) addEver(builder, ever, steps, rules);
  }
}

function addStep(builder: Builder, sooner: Finding | undefined, later: Finding, rules: DisclosureRules): void {
  if (sooner === undefined) return;
  addGap(builder, sooner, later, "base", rules);
  if (isSeenAlike(sooner, later)) addGap(builder, later, sooner, "numerator", rules);
  else addSomeOfAll(builder, later, sooner, "complement");
}

function addEver(builder: Builder, ever: Finding, steps: readonly Finding[], rules: DisclosureRules): void {
  const [first] = steps;
  if (first !== undefined) addGap(builder, ever, first, "base", rules);
  const last = steps.findLast((step) => isSeenAlike(ever, step));
  for (const step of steps)
    if (step === last) addGap(builder, ever, step, "numerator", rules);
    else addSomeOfAll(builder, step, ever, "numerator");
}

const isSeenAlike = (one: Finding, other: Finding): boolean => one.cell.base === other.cell.base;

/** Who is in the larger group and not in the smaller; of two equal bases nobody, for certain. */
function addGap(builder: Builder, larger: Finding, smaller: Finding, role: Role, { threshold }: DisclosureRules): void {
  const [more, fewer] = [larger, smaller].map((finding) => builder.names.get(countName(finding, role)));
  if (more === undefined || fewer === undefined) return;
  if (role === "base" && isSeenAlike(larger, smaller)) addSame(builder, more, fewer);
  else addBetween(builder, more, fewer, (between) => (isSmall(between, threshold) ? threshold : null));
}

function addSomeOfAll(builder: Builder, some: Finding, all: Finding, role: Role): void {
  const [part, whole] = [some, all].map((finding) => builder.names.get(countName(finding, role)));
  if (part !== undefined && whole !== undefined) addAtMost(builder, part, whole);
}
