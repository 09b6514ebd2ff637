import type { Block, Document, Fact, MarginNote, Table } from "../../src/document/document.ts";

/**
 * A report as text to be read and compared: every word and number in its order, one thing a line, without look or file
 * format. A row of a table is its cells between bars, small second lines in parentheses.
 */
export function documentText(document: Document): string {
  const { title, organisation, series, kind, eyebrow, headline, lead, facts, notice, keywords, margin, blocks } =
    document;
  const front = [
    `# ${headline}`,
    lead,
    ...notes(margin),
    `${series} | ${kind} | ${eyebrow}`,
    `${title} | ${organisation}`,
    facts.map(fact).join(" | "),
    ...(notice === undefined ? [] : [`! ${notice.lead} ${notice.text}`]),
    `keywords: ${keywords.join(", ")}`,
  ];
  return `${[...front, ...blocks.flatMap(blockLines)].join("\n")}\n`.replaceAll("\u202f", "\u00a0");
}

const fact = ({ label, text }: Fact): string => `${label}: ${text}`;
const notes = (margin: readonly MarginNote[] = []): readonly string[] =>
  margin.map(({ lead, text }) => `> ${lead} ${text}`);

const onPages = (cellNotes: string | undefined): readonly string[] =>
  cellNotes === undefined ? [] : [`on pages: ${cellNotes}`];

const LINES: { readonly [K in Block["kind"]]: (block: Extract<Block, { kind: K }>) => readonly string[] } = {
  heading: ({ level, text }) => ["", `${"#".repeat(level)} ${text}`],
  text: ({ text }) => [text],
  keyFigures: ({ figures }) =>
    figures.map(
      ({ label, text, detail, trend }) =>
        `* ${label}: ${text} (${detail})${trend === undefined ? "" : ` ~ ${trend.alt}`}`,
    ),
  figure: ({ title, subtitle, alt, source, cellNotes, margin, table }) => [
    ...["", `### ${title}`, subtitle, `[${alt}]`, source],
    ...onPages(cellNotes),
    ...notes(margin),
    ...tableLines(table),
  ],
  table: ({ table, subtitle = "", source = "", cellNotes, margin }) => [
    "",
    ...tableLines(table),
    subtitle,
    source,
    ...onPages(cellNotes),
    ...notes(margin),
  ],
  statements: ({ can, cannot }) =>
    [can, cannot].flatMap(({ title, items }) => [`### ${title}`, ...items.map((item) => `- ${item}`)]),
  facts: ({ title, facts }) => ["", `## ${title}`, ...facts.map((one) => `- ${fact(one)}`)],
  unpublished: ({ title, text, facts, tables }) => [
    ...["", `### ${title}`, text, ...facts.map((one) => `- ${fact(one)}`)],
    ...tables.flatMap(({ table, subtitle, source }) => ["", ...tableLines(table), subtitle, source]),
  ],
  flow: ({ arms, table, source }) => [
    ...arms.flatMap(({ title, steps }) => [
      `### ${title}`,
      ...steps.flatMap(({ count, text, exits }) => [
        `- ${count} ${text}`,
        ...exits.map((exit) => `  - ${exit.count} ${exit.text}`),
      ]),
    ]),
    ...tableLines(table),
    source,
  ],
  quote: ({ text, attribution }) => [`"${text}" ${attribution}`],
};

const blockLines = (block: Block): readonly string[] =>
  (LINES[block.kind] as (own: Block) => readonly string[])(block).filter((line, i) => line !== "" || i === 0);

function tableLines({ title, columns, rows }: Table): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    `**${title}**`,
    line(columns.map(({ header }) => header)),
    ...rows.flatMap(({ cells, group, words, where }) => [
      ...(group === undefined ? [] : [`  ${group}`]),
      line([
        ...cells.map(({ text, detail, value, marker }) =>
          [text === "" ? String(value ?? "") : text, detail === undefined ? "" : ` (${detail})`, marker ?? ""].join(""),
        ),
        ...(words === undefined ? [] : [words]),
        ...(where === undefined ? [] : ["in the workbook"]),
      ]),
    ]),
  ];
}
