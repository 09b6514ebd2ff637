import { GENDERS, ORIGINS, QUALIFICATIONS } from "../src/catalogue/staging.ts";

const ORDERS: Readonly<Record<string, readonly string[]>> = {
  gender: GENDERS,
  origin: ORIGINS,
  qualification: QUALIFICATIONS,
};

/** Levels in the order in which readers expect them: declared codes in theirs, bands by their lower end, others by name. */
export function compareLevels(dimension: string, a: string, b: string): number {
  const order = ORDERS[dimension];
  if (order !== undefined) return order.indexOf(a) - order.indexOf(b);
  const [from, to] = [Number.parseInt(a, 10), Number.parseInt(b, 10)];
  if (Number.isFinite(from) && Number.isFinite(to) && from !== to) return from - to;
  return a < b ? -1 : Number(a > b);
}
