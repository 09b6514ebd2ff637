import { quoteText } from "../../engine/engine.ts";

/** The signs with which numbers are written: 1.234,5 is { decimal: ",", thousands: "." }. */
export interface NumberSigns {
  readonly decimal: "." | ",";
  readonly thousands?: string | undefined;
}

/** Blanks that group thousands: common, no-break, narrow no-break, thin. */
const BLANKS = "[ \u00a0\u202f\u2009]";
const grouping = (sign: string): string => (sign === " " ? BLANKS : `[${sign}]`);

/** Regular expression of a whole text that is a number in these signs; `decimals` is what may follow the decimal sign. */
export function numberPattern({ decimal, thousands }: NumberSigns, decimals: string): string {
  const whole = thousands === undefined ? "[0-9]+" : `([0-9]+|[0-9]{1,3}(${grouping(thousands)}[0-9]{3})+)`;
  return `[+-]?${whole}([${decimal}]${decimals})?`;
}

/** SQL of a number's text with a point and without groups. */
export function plainNumber(text: string, { decimal, thousands }: NumberSigns): string {
  const ungrouped =
    thousands === undefined ? text : `regexp_replace(${text}, ${quoteText(grouping(thousands))}, '', 'g')`;
  return decimal === "." ? ungrouped : `replace(${ungrouped}, ',', '.')`;
}
