import type { Block } from "../../src/document/document.ts";
import type { ReportInput } from "../report-input.ts";

/** Tables with the names of their sheets in the report's language. */
export function withTabs({ messages }: ReportInput, blocks: readonly Block[]): readonly Block[] {
  return blocks.map((block) => {
    if (!("table" in block)) return block;
    const key = `tab.${block.table.id}`;
    return messages.has(key) ? { ...block, table: { ...block.table, tab: messages.text(key) } } : block;
  });
}
