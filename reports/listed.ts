import type { Messages } from "../src/wording/messages.ts";

/** Items that may hold commas, one behind the other with semicolons between them. */
export const listed = (items: readonly string[], messages: Messages): string =>
  items.reduce((before, next, i) => (i === 0 ? next : messages.text("listed", { before, next })), "");
