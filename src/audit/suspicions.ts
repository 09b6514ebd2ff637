import { writeBetween } from "./between.ts";
import { couldBe, type PublishedEdition, type PublishedRow } from "./published.ts";
import {
  atMost,
  bucket,
  equal,
  type Group,
  groupsOf,
  type Line,
  nameOf,
  OTHERS,
  PEOPLE,
  PLACED,
  type Sheet,
  sameBut,
  tellNobody,
  type Unknown,
  write,
} from "./sheet.ts";

/** Everything a stranger can write down from the files. */
interface Suspicions {
  readonly unknowns: ReadonlyMap<string, Unknown>;
  readonly lines: readonly Line[];
}

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
  if (now !== undefined) writeRejected(sheet, now);
  if (now !== undefined && before !== undefined) writeBetween(sheet, groupsOf(now), groupsOf(before));
  return sheet;
}

function writeGroup(sheet: Sheet, group: Group): void {
  const { placed, isHidden, base } = group;
  const [least, most] = group.all ?? [1, Number.POSITIVE_INFINITY];
  const all = write(sheet, nameOf(PEOPLE, group), least, most, isHidden, base !== null && !isHidden);
  const some = write(sheet, nameOf(PLACED, group), placed?.[0] ?? 0, placed?.[1] ?? Number.POSITIVE_INFINITY, isHidden);
  const others = write(sheet, nameOf(OTHERS, group), 0, Number.POSITIVE_INFINITY, isHidden);
  equal(sheet, all, [some, others]);
  if (isHidden && base === null) for (const half of [some, others]) tellNobody(sheet, half);
}

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
      const place = flowName(name, row);
      const isHidden = row.conf_status !== "F";
      const [least, most] = row.value === null ? [1, Number.POSITIVE_INFINITY] : couldBe(row.value, base);
      return write(sheet, place, least, most, isHidden, base !== null && !isHidden);
    });
    const steps = flow.flatMap((row, i) => (REMAIN.has(row.level) ? [i] : []));
    for (const [s, from] of steps.entries()) {
      const [next, whole] = [steps[s + 1], names[from]];
      if (next !== undefined && whole !== undefined) equal(sheet, whole, names.slice(from + 1, next + 1));
    }
  }
}

/**
 * Reasons taken together without the rows that the manifest says were rejected, of the file from which the flow starts.
 * Of an earlier edition nothing could be hidden any more.
 */
function writeRejected(sheet: Sheet, { name, rows, inputs }: PublishedEdition): void {
  const flow = rows.filter(({ dimension, arm }) => dimension === "attrition" && arm === "participants");
  for (const other of flow.filter(({ level }) => level === "other")) {
    const own = flow.filter((row) => flowName(name, { ...row, level: "" }) === flowName(name, { ...other, level: "" }));
    const [file, ...more] = inputs.filter(({ received }) => received === own[0]?.value);
    if (file === undefined || more.length > 0 || own.some(({ level }) => level === "rejected")) continue;
    const place = flowName(name, other);
    const rest = write(sheet, `${place}, without rows rejected`, 0, Number.POSITIVE_INFINITY, true);
    const rejected = write(sheet, `${place}, rejected`, file.rejected, file.rejected, false);
    equal(sheet, place, [rest, rejected]);
  }
}

const flowName = (edition: string, { region, period, arm, definition, window, level }: PublishedRow): string =>
  ["rows", edition, region, period, arm, definition, window, level].join(" / ");
