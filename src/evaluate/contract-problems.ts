import { yearsBetween } from "./day-count.ts";
import type { Band, Contract, Premium, ReadAt } from "./payment.ts";

/** Something wrong in a contract, and where: a path such as `bands.pooled[1]`. */
interface ContractProblem {
  readonly place: string;
  readonly problem: string;
}

/**
 * What makes a contract unreadable: bands that overlap or are empty, premiums whose points don't rise or don't reach
 * their band's ends, dates that aren't. A gap between bands is no problem: a contract may leave readings undefined.
 */
export function contractProblems(contract: Contract): ContractProblem[] {
  const { principal, cap, dates, dayCount, rounding } = contract;
  const years = yearsBetween(dates.invested, dates.repaid, dayCount);
  const amounts = { principal, ...(cap === undefined ? {} : { cap }) };
  return [
    ...Object.entries(amounts).flatMap(([place, amount]) => when(!(amount > 0), place, "must be more than 0")),
    ...when(years === null, "dates", "both must be days such as 2014-02-01"),
    ...when(years !== null && years <= 0, "dates", "`repaid` must come after `invested`"),
    ...when(!Number.isInteger(rounding.decimals) || rounding.decimals < 0, "rounding.decimals", "must be 0, 1, 2 ..."),
    ...when((contract.bands.cohort ?? contract.bands.pooled) === undefined, "bands", "neither `cohort` nor `pooled`"),
    ...bandProblems(contract, "cohort"),
    ...bandProblems(contract, "pooled"),
  ];
}

function bandProblems({ bands }: Contract, at: ReadAt): ContractProblem[] {
  const list = bands[at] ?? [];
  const place = (index: number) => `bands.${at}[${index}]`;
  return list.flatMap((band, index) => [
    ...when(band.from !== undefined && band.above !== undefined, place(index), "has both `from` and `above`"),
    ...when(band.to !== undefined && band.below !== undefined, place(index), "has both `to` and `below`"),
    ...when(isEmpty(band), place(index), "holds no reading: its lower bound isn't under its upper"),
    ...list
      .slice(0, index)
      .flatMap((earlier) => when(overlap(earlier, band), place(index), `overlaps "${earlier.name}"`)),
    ...(band.pays.kind === "premium" ? premiumProblems(band, band.pays.premium, `${place(index)}.pays.premium`) : []),
  ]);
}

function premiumProblems(band: Band, premium: Premium, place: string): ContractProblem[] {
  if (premium.shape === "flat") return [];
  const knots = premium.shape === "linear" ? premium.points.map(({ at }) => at) : premium.steps.map(({ from }) => from);
  const [first, last] = [knots[0], knots.at(-1)];
  if (first === undefined || last === undefined) return [{ place, problem: "has no points" }];
  const { start, end } = ends(band);
  return [
    ...when(
      knots.some((knot, i) => i > 0 && knot <= (knots[i - 1] ?? knot)),
      place,
      "its points must rise",
    ),
    ...when(start < first, place, `says nothing under ${first}, where the band begins`),
    ...when(premium.shape === "linear" && end > last, place, `says nothing over ${last}, where the band ends`),
  ];
}

/** A band's ends, and whether each belongs to it. */
function ends({ from, above, to, below }: Band) {
  return {
    start: from ?? above ?? -Infinity,
    startsOn: from !== undefined,
    end: to ?? below ?? Infinity,
    endsOn: to !== undefined,
  };
}

function isEmpty(band: Band): boolean {
  const { start, startsOn, end, endsOn } = ends(band);
  return start > end || (start === end && !(startsOn && endsOn));
}

function overlap(one: Band, other: Band): boolean {
  const [a, b] = [ends(one), ends(other)];
  const start = Math.max(a.start, b.start);
  const end = Math.min(a.end, b.end);
  if (start !== end) return start < end;
  const onStart = (a.start < start || a.startsOn) && (b.start < start || b.startsOn);
  const onEnd = (a.end > end || a.endsOn) && (b.end > end || b.endsOn);
  return Number.isFinite(start) && onStart && onEnd;
}

function when(wrong: boolean, place: string, problem: string): ContractProblem[] {
  return wrong ? [{ place, problem }] : [];
}
