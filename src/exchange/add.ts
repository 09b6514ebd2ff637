import { PATTERNS } from "../catalogue/patterns.ts";
import { RISK } from "../catalogue/risk.ts";
import { type Crossed, isTable } from "../engine/crossing.ts";
import type { SqlRow } from "../engine/engine.ts";
import { narrowed, widened } from "../engine/narrow.ts";
import { canonicalJson } from "../publish/hash.ts";
import { UserError } from "../user-error.ts";
import { addedAttrition } from "./add-attrition.ts";
import { addedExitPairs, addedFollowUp, addedFollowUpPersons } from "./add-follow-up.ts";
import { commonTables } from "./common.ts";
import type { Pack, PackFacts } from "./pack.ts";
import { type Order, summedRows, summedTables } from "./sums.ts";

type Content = Crossed["content"];

/** How the answers of several services to one question become one; `also` gives their answers about another table. */
type Rule = (contents: readonly Content[], also: (table: string) => readonly Content[]) => Content;

const inOrder = (columns: readonly string[], falling?: string): readonly Order[] =>
  columns.map((column) => ({ column, falling: column === falling }));

/** Sums by the columns that identify a row, as far as an answer has them. */
const sums =
  ({ grain }: { readonly grain: readonly string[] }, falling?: string): Rule =>
  (contents) => {
    const [first] = contents;
    if (first === undefined || !isTable(first)) return summedRows(rowsOf(contents), grain);
    const names = new Set(first.schema.fields.map(({ name }) => name));
    const by = inOrder(
      grain.filter((name) => names.has(name)),
      falling,
    );
    return summedTables(tablesOf(contents), by);
  };

/** What doesn't depend on who is in a register. */
const same: Rule = (contents) => {
  const [first = []] = contents;
  const texts = contents.map((content) => canonicalJson(isTable(content) ? content.toArray().map(String) : content));
  if (new Set(texts).size > 1)
    throw new UserError(["differs between the services; the programme's records and the settings must be the same"]);
  return first;
};

const RULES: Readonly<Record<string, Rule>> = {
  [PATTERNS.start_day_counts.name]: (contents) =>
    [...summedRows(rowsOf(contents), PATTERNS.start_day_counts.grain)].sort((a, b) =>
      String(a.started_on) < String(b.started_on) ? -1 : 1,
    ),
  [PATTERNS.pattern_counts.name]: sums(PATTERNS.pattern_counts, "arm"),
  [PATTERNS.patterns.name]: same,
  [RISK.maturity.name]: same,
  [RISK.attrition.name]: (contents) => addedAttrition(rowsOf(contents)),
  [PATTERNS.outcomes.name]: sums(PATTERNS.outcomes),
  [PATTERNS.recurrence.name]: sums(PATTERNS.recurrence),
  [PATTERNS.populations.name]: sums(PATTERNS.populations),
  [PATTERNS.matched_persons.name]: sums(PATTERNS.matched_persons),
  [PATTERNS.follow_up.name]: (contents) => addedFollowUp(tablesOf(contents)),
  [PATTERNS.exit_pairs.name]: (contents, also) =>
    addedExitPairs(tablesOf(contents), tablesOf(also(PATTERNS.follow_up.name))),
  [PATTERNS.follow_up_persons.name]: (contents) => addedFollowUpPersons(rowsOf(contents)),
  [PATTERNS.placebo.name]: sums(PATTERNS.placebo),
  [PATTERNS.placebo_recurrence.name]: sums(PATTERNS.placebo_recurrence),
  [PATTERNS.placebo_populations.name]: sums(PATTERNS.placebo_populations),
  [PATTERNS.memberships.name]: sums(PATTERNS.memberships),
};

const tablesOf = (contents: readonly Content[]) =>
  contents.flatMap((content) => (isTable(content) ? [widened(content)] : []));
const rowsOf = (contents: readonly Content[]): readonly (readonly SqlRow[])[] =>
  contents.flatMap((content) => (isTable(content) ? [] : [content]));

/** One pack for several, of the same round. */
interface Added {
  readonly facts: PackFacts;
  readonly protocol: unknown;
  readonly crossed: readonly Crossed[];
  readonly common: readonly Crossed[];
}

/**
 * The tables of several services added up, as if one register had held all their persons, each of whom must be in one of
 * them only.
 * @throws UserError where they can't be: another protocol, another round, the same folder twice
 */
export function addedPacks(packs: readonly Pack[]): Added {
  const [first] = packs;
  if (first === undefined || packs.length < 2) throw new UserError(["name the folders of at least two services"]);
  refuseStrangers(packs);
  const { format: _, tables, common: __, ...facts } = first.manifest;
  const services = packs.reduce((sum, { manifest }) => sum + manifest.services, 0);
  return {
    facts: { ...facts, services },
    protocol: first.protocol,
    crossed: tables.map(({ table, key }) => ({ table, key, content: addedTable(packs, table, key) })),
    common: commonTables(first),
  };
}

function addedTable(packs: readonly Pack[], table: string, key: string): Content {
  const rule = RULES[table];
  if (rule === undefined) throw new UserError([`${table} can't be added up`]);
  const contents = packs.map((pack) => contentAt(pack, table, key));
  const also = (other: string): readonly Content[] =>
    packs.map((pack) => contentAt(pack, other, pack.manifest.tables.find((one) => one.table === other)?.key ?? ""));
  try {
    const added = rule(contents, also);
    return isTable(added) ? narrowed(added) : added;
  } catch (error) {
    if (error instanceof UserError) throw new UserError(error.problems.map((problem) => `${table}: ${problem}`));
    throw error;
  }
}

function contentAt(pack: Pack, table: string, key: string): Content {
  const found = pack.manifest.tables.find((one) => one.key === key);
  if (found === undefined)
    throw new UserError([
      `${pack.folder}: answers other questions than the first folder (${table}): both must have been made with the same sums (--with) of the round before`,
    ]);
  return pack.contentOf(found);
}

function refuseStrangers(packs: readonly Pack[]): void {
  const [first, ...others] = packs;
  if (first === undefined) return;
  const listed = ({ manifest }: Pack): string => canonicalJson(manifest.common);
  const problems = others.flatMap((pack) => {
    const { manifest, folder } = pack;
    const differing = (
      ["pipeline", "register", "asOf", "protocolHash", "queries", "round", "designHash"] as const
    ).filter((name) => manifest[name] !== first.manifest[name]);
    return [
      ...differing.map(
        (name) => `${folder}: its ${name} is '${manifest[name]}', that of ${first.folder} '${first.manifest[name]}'`,
      ),
      ...(listed(pack) === listed(first) ? [] : [`${folder}: was made with other sums than ${first.folder}`]),
    ];
  });
  const alone = packs.filter(({ manifest }) => manifest.round === "alone");
  const texts = packs.map(({ manifest }) => canonicalJson(manifest.tables));
  const twice = packs.filter((_, i) => texts.indexOf(texts[i] ?? "") < i);
  const all = [
    ...problems,
    ...alone.map(
      ({ folder }) =>
        `${folder}: was matched within one register; tables that are to be added up begin with \`duo-impact patterns --several\``,
    ),
    ...twice.map(({ folder }) => `${folder}: holds the same tables as another folder; a service is added up once`),
  ];
  if (all.length > 0) throw new UserError(all);
}
