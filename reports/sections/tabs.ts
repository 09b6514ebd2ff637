import type { Block, Table } from "../../src/document/document.ts";
import type { Messages } from "../../src/wording/messages.ts";

/** Tables with the names of their sheets in the report's language. */
export function withTabs({ messages }: { readonly messages: Messages }, blocks: readonly Block[]): readonly Block[] {
  const named = (table: Table): Table => {
    const tab = tabOf(table.id, messages);
    return tab === undefined ? table : { ...table, tab };
  };
  return blocks.map((block) => {
    if (block.kind === "unpublished")
      return { ...block, tables: block.tables.map((one) => ({ ...one, table: named(one.table) })) };
    return "table" in block ? { ...block, table: named(block.table) } : block;
  });
}

/** The name of a table, or of what it tells and of whom: `items_mentee_end`, `freshness_duos`. */
function tabOf(id: string, messages: Messages): string | undefined {
  const tab = `tab.${id}`;
  if (messages.has(tab)) return messages.text(tab);
  const [, kind = "", whom = ""] = /^([a-z]+)_(.+)$/.exec(id) ?? [];
  const family = `tab.of.${kind}`;
  if (!messages.has(family)) return undefined;
  const name = [`tab.asked.${whom}`, `quality.tables.${whom}`].find((key) => messages.has(key));
  return messages.text(family, { of: name === undefined ? whom : messages.text(name) });
}
