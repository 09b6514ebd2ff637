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
}

/** lower <= sum of factor x unknown <= upper. */
export interface Line {
  readonly terms: ReadonlyArray<readonly [name: string, factor: number]>;
  readonly lower: number;
  readonly upper: number;
}

/** Everything a stranger can write down from the files. */
export interface Suspicions {
  readonly unknowns: ReadonlyMap<string, Unknown>;
  readonly lines: readonly Line[];
}

interface Sheet {
  readonly unknowns: Map<string, Unknown>;
  readonly lines: Line[];
}

const PEOPLE = "people";
const PLACED = "placed";
const OTHERS = "not placed";

/** Rebuilds people and placements by place from the rows of one or more editions, and how they hang together. */
export function suspicionsOf(editions: readonly PublishedEdition[]): Suspicions {
  const sheet: Sheet = { unknowns: new Map(), lines: [] };
  for (const edition of editions) {
    const groups = groupsOf(edition);
    for (const group of groups) writeGroup(sheet, group);
    writeSums(sheet, groups);
    writeYears(sheet, groups);
    writeOutcomes(sheet, groups);
    writeFlow(sheet, edition);
  }
  const [now, before] = editions;
  if (now !== undefined && before !== undefined) writeBetween(sheet, groupsOf(now), groupsOf(before));
  return sheet;
}

/** One arm of one place: how many people, and the share of them who were placed. */
interface Group
  extends Pick<PublishedRow, "region" | "period" | "dimension" | "level" | "arm" | "definition" | "window"> {
  readonly edition: string;
  readonly isHidden: boolean;
  readonly people: number | null;
  /** What counts of the edition are multiples of. */
  readonly base: number | null;
  readonly all: readonly [least: number, most: number] | null;
  readonly placed: readonly [least: number, most: number] | null;
}

function groupsOf({ name, rows, base }: PublishedEdition): readonly Group[] {
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

const nameOf = (what: string, group: Group): string =>
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

function write(sheet: Sheet, name: string, least: number, most: number, isTarget: boolean, isRounded = false): string {
  sheet.unknowns.set(name, { name, least, most, isTarget: isTarget || isRounded, ...(isRounded ? { isRounded } : {}) });
  return name;
}

/** Where a half of a group must be nobody, that is a find too. */
function tellNobody({ unknowns }: Sheet, name: string): void {
  const unknown = unknowns.get(name);
  if (unknown !== undefined) unknowns.set(name, { ...unknown, isNobodyAFind: true });
}

const equal = (sheet: Sheet, whole: string, parts: readonly string[]): number =>
  sheet.lines.push({
    terms: [...parts.map((part) => [part, 1] as const), [whole, -1]],
    lower: 0,
    upper: 0,
  });

const atMost = (sheet: Sheet, part: string, whole: string): number =>
  sheet.lines.push({
    terms: [
      [part, 1],
      [whole, -1],
    ],
    lower: Number.NEGATIVE_INFINITY,
    upper: 0,
  });

function writeGroup(sheet: Sheet, group: Group): void {
  const { placed, isHidden, base } = group;
  const [least, most] = group.all ?? [1, Number.POSITIVE_INFINITY];
  const all = write(sheet, nameOf(PEOPLE, group), least, most, isHidden, base !== null && !isHidden);
  const some = write(sheet, nameOf(PLACED, group), placed?.[0] ?? 0, placed?.[1] ?? Number.POSITIVE_INFINITY, isHidden);
  const others = write(sheet, nameOf(OTHERS, group), 0, Number.POSITIVE_INFINITY, isHidden);
  equal(sheet, all, [some, others]);
  if (isHidden && base === null) for (const half of [some, others]) tellNobody(sheet, half);
}

const bucket = <T>(items: readonly T[], key: (item: T) => string): readonly (readonly T[])[] => {
  const found = new Map<string, T[]>();
  for (const item of items) found.set(key(item), [...(found.get(key(item)) ?? []), item]);
  return [...found.values()];
};

const sameBut = (group: Group, change: Partial<Group>): string => nameOf("", { ...group, ...change });

/** Levels add up for participants; a control may stand in several, unless the levels shown add up. */
function writeSums(sheet: Sheet, groups: readonly Group[]): void {
  const levels = groups.filter(({ dimension }) => dimension !== "total");
  for (const table of bucket(levels, (group) => sameBut(group, { level: "" }))) {
    const [first] = table;
    const total = groups.find(
      (group) => first && nameOf("", group) === sameBut(first, { dimension: "total", level: "total" }),
    );
    if (first !== undefined && total !== undefined) writeWhole(sheet, total, table);
  }
}

/** Years add up to the pooled period. */
function writeYears(sheet: Sheet, groups: readonly Group[]): void {
  for (const pooled of groups) {
    const [from, to] = pooled.period.split("-").map(Number);
    if (from === undefined || to === undefined) continue;
    const years = groups.filter(
      (group) =>
        /^\d{4}$/.test(group.period) &&
        Number(group.period) >= from &&
        Number(group.period) <= to &&
        sameBut(group, { period: "" }) === sameBut(pooled, { period: "" }),
    );
    if (years.length === to - from + 1) writeWhole(sheet, pooled, years);
  }
}

function writeWhole(sheet: Sheet, whole: Group, parts: readonly Group[]): void {
  const isAdditive = whole.arm === "participants";
  const sum = parts.reduce((total, { people }) => total + (people ?? Number.NaN), 0);
  const doesAddUp = Number.isNaN(sum) || whole.people === null ? isAdditive : sum === whole.people;
  for (const what of [PEOPLE, PLACED, OTHERS]) {
    const names = parts.map((part) => nameOf(what, part));
    if (doesAddUp && isAdditive) equal(sheet, nameOf(what, whole), names);
    else for (const name of names) atMost(sheet, name, nameOf(what, whole));
  }
}

/** Two outcomes of one group: those who are in one population and not in the other. */
function writeOutcomes(sheet: Sheet, groups: readonly Group[]): void {
  for (const place of bucket(groups, (group) => sameBut(group, { definition: "", window: "" })))
    for (const [i, one] of place.entries())
      for (const other of place.slice(0, i)) {
        if (one.people === null || other.people === null || one.people === other.people) continue;
        // of two multiples, the larger isn't always that of the larger group
        if (one.base !== null || other.base !== null) continue;
        const [larger, smaller] = one.people > other.people ? [one, other] : [other, one];
        const gap = write(
          sheet,
          `${nameOf(PEOPLE, larger)}, without ${smaller.definition}`,
          0,
          Number.POSITIVE_INFINITY,
          true,
        );
        equal(sheet, nameOf(PEOPLE, larger), [nameOf(PEOPLE, smaller), gap]);
      }
}

const REMAIN = new Set(
  "duos_received started_in_cohort at_risk analysed person_months controls_at_risk controls_matched".split(" "),
);

/** Who remains is who leaves and who remains at the next step. */
function writeFlow(sheet: Sheet, { name, rows, base }: PublishedEdition): void {
  const told = rows.filter(({ dimension }) => dimension === "attrition");
  for (const flow of bucket(told, (row) => [row.arm, row.region, row.period, row.definition, row.window].join())) {
    const names = flow.map((row) => {
      const place = [name, row.region, row.period, row.arm, row.definition, row.level].join(" / ");
      const isHidden = row.conf_status !== "F";
      const [least, most] = row.value === null ? [1, Number.POSITIVE_INFINITY] : couldBe(row.value, base);
      return write(sheet, `rows / ${place}`, least, most, isHidden, base !== null && !isHidden);
    });
    const steps = flow.flatMap((row, i) => (REMAIN.has(row.level) ? [i] : []));
    for (const [s, from] of steps.entries()) {
      const [next, whole] = [steps[s + 1], names[from]];
      if (next !== undefined && whole !== undefined) equal(sheet, whole, names.slice(from + 1, next + 1));
    }
  }
}

/** Two editions: what stands in both is one number where it hasn't changed; what a period has gained is a group. */
function writeBetween(sheet: Sheet, now: readonly Group[], before: readonly Group[]): void {
  const gained: { readonly name: string; readonly what: string; readonly group: Group; readonly from: string }[] = [];
  const pairs = before.flatMap((old) => now.map((group) => ({ old, group })));
  for (const { old, group } of pairs) {
    if (sameBut(old, { period: "", edition: "" }) !== sameBut(group, { period: "", edition: "" })) continue;
    if (old.period === group.period) writeSame(sheet, group, old);
    else if (isWithin(old.period, group.period) && group.arm === "participants")
      for (const what of [PEOPLE, PLACED, OTHERS]) {
        const name = `${nameOf(what, group)}, without ${old.period}`;
        write(sheet, name, 0, Number.POSITIVE_INFINITY, true);
        equal(sheet, nameOf(what, group), [nameOf(what, old), name]);
        gained.push({ name, what, group, from: old.period });
      }
  }
  for (const rest of gained.filter(({ what }) => what === PEOPLE)) {
    const parts = [PLACED, OTHERS].map((what) => rest.name.replace(PEOPLE, what));
    equal(sheet, rest.name, parts);
  }
  for (const whole of gained.filter(({ group }) => group.dimension === "total"))
    for (const table of bucket(
      gained.filter(
        ({ group, what, from }) =>
          what === whole.what &&
          from === whole.from &&
          group.dimension !== "total" &&
          sameBut(group, { dimension: "", level: "" }) === sameBut(whole.group, { dimension: "", level: "" }),
      ),
      ({ group }) => group.dimension,
    ))
      equal(
        sheet,
        whole.name,
        table.map(({ name }) => name),
      );
}

function writeSame(sheet: Sheet, group: Group, old: Group): void {
  const isChanged = group.people !== null && old.people !== null && group.people !== old.people;
  if (isChanged && (group.base !== null || old.base !== null)) {
    const distance = Math.abs(Number(group.people) - Number(old.people));
    if (distance < Math.max(group.base ?? 0, old.base ?? 0))
      for (const what of [PEOPLE, PLACED, OTHERS]) equal(sheet, nameOf(what, group), [nameOf(what, old)]);
  } else if (isChanged) {
    const [larger, smaller] = Number(group.people) > Number(old.people) ? [group, old] : [old, group];
    const gap = write(
      sheet,
      `${nameOf(PEOPLE, larger)}, without ${smaller.edition}`,
      0,
      Number.POSITIVE_INFINITY,
      true,
    );
    equal(sheet, nameOf(PEOPLE, larger), [nameOf(PEOPLE, smaller), gap]);
  } else for (const what of [PEOPLE, PLACED, OTHERS]) equal(sheet, nameOf(what, group), [nameOf(what, old)]);
}

function isWithin(short: string, long: string): boolean {
  const [from = 0, to = from] = short.split("-").map(Number);
  const [first = 0, last = first] = long.split("-").map(Number);
  return from < to && first <= from && last >= to;
}
