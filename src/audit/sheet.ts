import { groupBy } from "../group-by.ts";
import { couldBe, type PublishedEdition, type PublishedRow, sharedBy } from "./published.ts";

/** A number that a stranger looks for, with what the files say of it. */
export interface Unknown {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Whether finding it small would be a find: a group that nobody was told of, or that is marked hidden. */
  readonly isTarget: boolean;
  /** Told as a multiple, in one of the editions: that it is small is no find, but which small number it is. */
  readonly isRounded?: boolean;
  /** Half of a hidden rate: if it must be nobody, all of the group are known to share one answer. */
  readonly isNobodyAFind?: boolean;
  /** Left over between two numbers of which neither is small: a find where it must be somebody. */
  readonly isMaybeNobody?: boolean;
}

/** lower <= sum of factor x unknown <= upper. */
export interface Line {
  readonly terms: ReadonlyArray<readonly [name: string, factor: number]>;
  readonly lower: number;
  readonly upper: number;
  /** By which rule a reader believes it, where the files don't say so. */
  readonly belief?: Belief;
}

/** What a reader may believe, the surest first: what contradicts a surer one is believed no more. */
export const BELIEFS = ["sums", "equal numbers", "regions", "levels", "some came or left", "unchanged"] as const;
export type Belief = (typeof BELIEFS)[number];

/**
 * What is unknown of an edition's people, by name, and the equations between them: all that an attacker can write down.
 */
export interface Sheet {
  readonly unknowns: Map<string, Unknown>;
  readonly lines: Line[];
}

export const PEOPLE = "people";
export const PLACED = "placed";
export const OTHERS = "not placed";

/** One arm of one place: how many people, and the share of them who were placed. */
export interface Group
  extends Pick<PublishedRow, "region" | "period" | "dimension" | "level" | "arm" | "definition" | "window"> {
  readonly edition: string;
  readonly isHidden: boolean;
  readonly people: number | null;
  /** What counts of the edition are multiples of. */
  readonly base: number | null;
  readonly all: readonly [least: number, most: number] | null;
  readonly placed: readonly [least: number, most: number] | null;
}

/** The groups of which an edition tells a placement rate, in the order of its rows. */
export function groupsOf({ name, rows, base }: PublishedEdition): readonly Group[] {
  return rows
    .filter(({ metric }) => metric === "placement_rate")
    .map((row) => {
      const { region, period, dimension, level, arm, definition, window, n } = row;
      const shared = arm === "participants" ? sharedBy(row, base) : null;
      return {
        ...{ region, period, dimension, level, arm, definition, window, edition: name },
        isHidden: row.conf_status !== "F",
        ...{ people: n, base, all: shared?.all ?? (n === null ? null : couldBe(n, base)) },
        placed: shared?.some ?? null,
      };
    });
}

/** A name by which a group's count is written, and found again, in the attacker's equations. */
export const nameOf = (what: string, group: Group): string =>
  [
    what,
    group.edition,
    group.region,
    group.period,
    group.dimension,
    group.level,
    group.arm,
    group.definition,
    group.window,
  ].join(" / ");

/** Writes a count with its bounds, in persons, and returns its name; of one written again, the last bounds hold. */
export function write(
  sheet: Sheet,
  name: string,
  least: number,
  most: number,
  isTarget: boolean,
  isRounded = false,
): string {
  sheet.unknowns.set(name, { name, least, most, isTarget: isTarget || isRounded, ...(isRounded ? { isRounded } : {}) });
  return name;
}

/** Where a half of a group must be nobody, that is a find too. */
export function tellNobody({ unknowns }: Sheet, name: string): void {
  const unknown = unknowns.get(name);
  if (unknown !== undefined) unknowns.set(name, { ...unknown, isNobodyAFind: true });
}

/** The parts make the whole; with `belief`, that is only what a reader would take for granted. */
export const equation = (whole: string, parts: readonly string[], belief?: Belief): Line => ({
  terms: [...parts.map((part) => [part, 1] as const), [whole, -1]],
  ...{ lower: 0, upper: 0 },
  ...(belief === undefined ? {} : { belief }),
});

/** The same, written on a sheet. */
export const equal = (sheet: Sheet, whole: string, parts: readonly string[], belief?: Belief): number =>
  sheet.lines.push(equation(whole, parts, belief));

/** Some are no more than all of them; with `belief`, that is only what a reader would take for granted. */
export const noMore = (some: string, all: string, belief?: Belief): Line => ({
  terms: [
    [some, 1],
    [all, -1],
  ],
  ...{ lower: Number.NEGATIVE_INFINITY, upper: 0 },
  ...(belief === undefined ? {} : { belief }),
});

/** The same, written on a sheet. */
export const atMost = (sheet: Sheet, part: string, whole: string): number => sheet.lines.push(noMore(part, whole));

/** Items with the same key, in the order in which the keys first stand. */
export const bucket = <T>(items: readonly T[], key: (item: T) => string): readonly (readonly T[])[] => [
  ...groupBy(items, key).values(),
];

/** Where a group stands, or would stand with some of it changed. */
export const sameBut = (group: Group, change: Partial<Group>): string => nameOf("", { ...group, ...change });
