import type { PersonRow } from "./evaluate-oracle.ts";

/** Rows of persons who recur, in one arm and across arms, from a fixed congruential sequence. */
export function recurringRows(seed: number, persons: number, size = 300, months = 1): PersonRow[] {
  let state = seed * 7919 + 1;
  const draw = (below: number): number => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  return Array.from({ length: size }, () => {
    const person = draw(persons);
    return {
      person,
      arm: draw(4) === 0 ? 1 : 0,
      month: 24000 + draw(months),
      a: ["low", "high"][draw(2)] ?? "",
      b: ["man", "other", "woman"][person % 3] ?? "",
      y: draw(10) < person % 9 ? 1 : 0,
    };
  });
}
