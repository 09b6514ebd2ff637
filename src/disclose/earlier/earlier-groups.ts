import { groupBy } from "../../group-by.ts";
import type { Finding } from "../finding.ts";
import { countName, HALVES, type Half, hasParts, NETWORK, type Place, totalOf } from "../place.ts";
import type { DisclosureRules } from "../primary.ts";
import type { Solver } from "../solver.ts";
import { isSplit } from "../system/levels.ts";
import { type EarlierValue, isShown } from "./earlier.ts";
import { type Cell, exactly, halvesIn, within } from "./groups-within.ts";
import { type Equation, type Figure, hiddenValues } from "./hidden-values.ts";
import { anywhere, atAnyLevel, type Reading, readingsOf, type Told, toldOf } from "./readings.ts";
import type { Block } from "./regrouping.ts";

/** An earlier edition of which the regions or levels aren't this one's. */
export interface GroupsBefore {
  /** What it told or hid of them, as it was: to be registered, never shown. */
  readonly findings: readonly Finding[];
  /** What it showed of them, under the names of these findings. */
  readonly told: readonly EarlierValue[];
  /** Findings over the same persons: as they were, and as they are. */
  readonly same: readonly Same[];
  /** Names of counts: the earlier edition's network, and its regions. */
  readonly sums: readonly Sum[];
}

interface Same {
  readonly before: readonly Finding[];
  readonly now: readonly Finding[];
  /** Whether they are answers of one group, the base of each: bases aren't added up. */
  readonly isOneBase: boolean;
}

interface Sum {
  readonly whole: string;
  readonly parts: readonly string[];
}

/**
 * Regions and levels are told apart by name. Where one edition has some that the other lacks, a reader guesses what the
 * old ones are now (`readings.ts`), and sets one edition's figures against the other's: those of such groups, and of all
 * others of the network, or of the dimension, since who has left the whole is who has left its parts. What the earlier
 * edition hid isn't known here: it gets numbers that agree with all that is (`hidden-values.ts`), since what a reader can
 * work out doesn't depend on them.
 * @param findings of this edition, with sums of its years over the earlier edition's pooled periods
 */
export function groupsBefore(
  findings: readonly Finding[],
  told: readonly Told[],
  { regrouped }: Pick<DisclosureRules, "regrouped">,
  solver: Solver,
): GroupsBefore {
  const counted = findings.filter(isCounted);
  const editions = groupBy(
    told.filter((one) => !isShown(one) || one.roundedTo === undefined),
    (one) => one.edition,
  );
  const found = [...editions.values()].flatMap((edition) => ofEdition(counted, edition, regrouped, solver));
  return {
    findings: found.flatMap((one) => one.findings),
    told: found.flatMap((one) => one.told),
    same: found.flatMap((one) => one.same),
    sums: found.flatMap((one) => one.sums),
  };
}

const isCounted = ({ cell: { kind, base }, dimension }: Finding): boolean =>
  (kind === "rate" || kind === "count") && base !== null && dimension !== "attrition";

const NOTHING: GroupsBefore = { findings: [], told: [], same: [], sums: [] };

function ofEdition(
  findings: readonly Finding[],
  told: readonly Told[],
  declared: DisclosureRules["regrouped"],
  solver: Solver,
): readonly GroupsBefore[] {
  const now = new Map([...groupBy(findings, atAnyLevel)].map(([key, ones]) => [key, groupBy(ones, levelOf)]));
  const before = told.filter(({ place }) => now.has(atAnyLevel(place)));
  return readingsOf(findings, before, declared).map((reading) => asRead(reading, before, findings, now, solver));
}

const levelOf = ({ level }: Finding): string => level;

/** What this edition tells at a place in any region and at any level, by level. */
type Now = ReadonlyMap<string, ReadonlyMap<string, readonly Finding[]>>;

function asRead(
  reading: Reading,
  before: readonly Told[],
  findings: readonly Finding[],
  now: Now,
  solver: Solver,
): GroupsBefore {
  const cells = before.flatMap((one): readonly Cell[] => {
    const block = blockOf(reading, one.place);
    const table = now.get(atAnyLevel(one.place));
    if (block === null || table === undefined) return [];
    const own = block.levels.flatMap((level) => table.get(level) ?? []);
    const alike = own.length > 0 || !reading.levels.has(one.place.dimension) ? own : [...table.values()].flat();
    const like = alike.find(({ region }) => block.regions.includes(region)) ?? alike[0];
    if (like === undefined) return [];
    return [{ one, finding: asBefore(like, one, reading.name, isShared(table)), like, alike, block }];
  });
  if (cells.length === 0) return NOTHING;
  const same = sameOf(cells, now);
  const sums = networkSums(cells);
  const equations = [...within(cells, findings), ...same.flatMap(equationsOf), ...sums.map(equationOf)];
  const values = hiddenValues(cells.flatMap(figuresOf), equations, solver);
  if (values === null) return NOTHING;
  return {
    findings: cells.map(({ finding }) => withValues(finding, values)),
    told: cells.flatMap(({ one, finding }) => (isShown(one) ? [{ ...one, place: finding }] : [])),
    same,
    sums,
  };
}

/** What the group that a place belongs to is in this edition; null where figures of that dimension are left to their names. */
function blockOf({ regions, levels }: Reading, { region, dimension, level }: Place): Cell["block"] | null {
  const own = levels.get(dimension);
  if (regions.length === 0 && own === undefined && dimension !== "total") return null;
  const among = (blocks: readonly Block[], name: string): Block =>
    blocks.find(({ before }) => before.includes(name)) ?? { before: [name], now: [name] };
  const [where, which] = [among(regions, region), among(own ?? [], level)];
  return { name: [...where.before, ...which.before].join("\u0000"), regions: where.now, levels: which.now };
}

/** Whether a name of persons is that of all levels. */
const isShared =
  (table: ReadonlyMap<string, readonly Finding[]>) =>
  (name: string, half: Half, { region }: Finding): boolean =>
    table.size > 1 &&
    [...table.values()].every((ones) =>
      ones.every((one) => one.region !== region || (one.cell.sets?.[half] ?? []).includes(name)),
    );

/** A finding as the earlier edition told of it, in a region of a name that no region has. */
function asBefore(
  like: Finding,
  { place, edition = "" }: Told,
  reading: string,
  isOfAll: ReturnType<typeof isShared>,
): Finding {
  const region = `${place.region} as of ${edition}${reading}`;
  const { level } = place;
  const end = ` ${like.level}`;
  const { sets, parts, alongside: _, ...cell } = like.cell;
  const isNamed = (name: string): boolean => level === like.level || name.endsWith(end);
  const renamed = (names: readonly string[]): readonly string[] =>
    names.map((name) =>
      (level !== like.level && name.endsWith(end) ? `${name.slice(0, -end.length)} ${level}` : name).replace(
        ` ${like.region} `,
        ` ${region} `,
      ),
    );
  // names of other levels' persons aren't those of this one's
  const kept = (half: Half): readonly string[] => {
    const names = sets?.[half] ?? [];
    return names.every((name) => isNamed(name) || isOfAll(name, half, like)) ? renamed(names) : [];
  };
  const ways = parts?.filter((names) => names.every(isNamed)) ?? [];
  return {
    ...like,
    ...{ region, level },
    cell: {
      ...cell,
      ...(sets === undefined ? {} : { sets: { base: kept("base"), numerator: kept("numerator") } }),
      ...(ways.length === 0 ? {} : { parts: ways.map(renamed) }),
    },
  };
}

const withValues = (finding: Finding, values: ReadonlyMap<string, number>): Finding => {
  const value = (half: Half): number => values.get(countName(finding, half)) ?? 0;
  const numerator = finding.cell.numerator === null ? null : value("numerator");
  return { ...finding, value: null, n: value("base"), cell: { ...finding.cell, base: value("base"), numerator } };
};

/** Nobody is told as such, so what was hidden is somebody. */
const figuresOf = ({ one, finding }: Cell): readonly Figure[] =>
  halvesIn(finding).map((half) => ({
    name: countName(finding, half),
    value: toldOf(one, half),
    least: half === "base" || (finding.cell.isNobodyTold ?? false) ? 1 : 0,
  }));

/** The cells of each block at each place, with what this edition tells there. */
function sameOf(cells: readonly Cell[], told: Now): readonly Same[] {
  const tables = groupBy(cells, ({ block, one }) => `${block.name} ${atAnyLevel(one.place)}`);
  return [...tables.values()].flatMap((table) => {
    const [first] = table;
    if (first === undefined) return [];
    const { block, alike } = first;
    const now = alike.filter(({ region, level }) => block.regions.includes(region) && block.levels.includes(level));
    const isOneBase = areAnswers(first.one.place, now[0]?.region, told);
    return now.length === 0 ? [] : [{ before: table.map(({ finding }) => finding), now, isOneBase }];
  });
}

/** Whether the levels at a place, in a region, are answers of all that are told of there, of whom no total is told. */
function areAnswers(place: Place, region: string | undefined, told: Now): boolean {
  if (!hasParts(place.dimension) || told.has(atAnyLevel(totalOf(place)))) return false;
  return isSplit([...(told.get(atAnyLevel(place))?.values() ?? [])].flat().filter((one) => one.region === region));
}

const valueIn = (findings: readonly Finding[], half: Half): number =>
  findings.reduce((sum, { cell }) => sum + (cell[half] ?? 0), 0);

/** As many as now, of both halves and of the others: the fewest have come or left, and not some while others did the reverse. */
function equationsOf({ before, now, isOneBase }: Same): readonly Equation[] {
  const halves = HALVES.filter((half) => now.every(({ cell }) => cell[half] !== null));
  const termsOf = (half: Half, factor: number) => before.map((finding) => [countName(finding, half), factor] as const);
  if (isOneBase)
    return [
      exactly(termsOf("numerator", 1), valueIn(now, "numerator"), 1),
      ...termsOf("base", 1).map((term) => exactly([term], now[0]?.cell.base ?? 0, 1)),
    ];
  const others =
    halves.length < HALVES.length
      ? []
      : [
          exactly(
            [...termsOf("base", 1), ...termsOf("numerator", -1)],
            valueIn(now, "base") - valueIn(now, "numerator"),
            1,
          ),
        ];
  return [...halves.map((half) => exactly(termsOf(half, 1), valueIn(now, half), 1)), ...others];
}

const equationOf = ({ whole, parts }: Sum): Equation =>
  exactly([...parts.map((name) => [name, 1] as const), [whole, -1]], 0, 10);

/** What the earlier edition told of the network is what it told of all its regions. */
function networkSums(cells: readonly Cell[]): readonly Sum[] {
  const told = cells.filter(({ one }) => one.place.dimension !== "branch");
  return [...groupBy(told, ({ one }) => anywhere(one.place))].flatMap(([, table]) => {
    const whole = table.find(({ one }) => one.place.region === NETWORK);
    const parts = table.filter((cell) => cell !== whole);
    if (whole === undefined || parts.length === 0) return [];
    return halvesIn(whole.finding)
      .filter((half) => doRegionsAddUp(whole.alike, half))
      .map((half) => ({
        whole: countName(whole.finding, half),
        parts: parts.map(({ finding }) => countName(finding, half)),
      }));
  });
}

function doRegionsAddUp(now: readonly Finding[], half: Half): boolean {
  const regions = now.filter(({ region }) => region !== NETWORK);
  return now.length > regions.length && valueIn(now, half) === 2 * valueIn(regions, half);
}
