/** HTML that is safe to write out; made only here. */
export interface Markup {
  readonly markup: string;
}

type MarkupValue = Markup | string | number | false | null | undefined | readonly MarkupValue[];

/** Template whose values are escaped, for element content and for quoted attributes; `false` and absent ones leave nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  const text = parts.map((part, i) => part + (i < values.length ? written(values[i]) : "")).join("");
  return { markup: text };
}

/** Markup from a source that is trusted: our own drawings, styles and fonts. */
export const trusted = (markup: string): Markup => ({ markup });

function written(value: MarkupValue): string {
  if (value === false || value === null || value === undefined) return "";
  if (typeof value === "string" || typeof value === "number") return escaped(String(value));
  return "markup" in value ? value.markup : value.map(written).join("");
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
