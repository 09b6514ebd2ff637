/*
 * Numbers and dates as a reader of the locale writes them. Minus is U+2212; a rounded zero carries no sign.
 */

const formats = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes far longer than using it. */
function formatOf(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, options);
  formats.set(key, format);
  return format;
}

/** Rounded half away from zero to `digits`, as text: `9.2`, `−0.6`; `-0` is `0`. */
export function decimal(value: number, digits: number, locale: string): string {
  const text = formatOf(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    rounded(value, digits),
  );
  return text.replace(/^-/, "\u2212");
}

/** A proportion as percentage points: 0.092 is `9.2`. */
export const points = (proportion: number, locale: string, digits = 1): string =>
  decimal(proportion * 100, digits, locale);

/** A proportion as a percentage with its sign: 0.429 is `42.9%`, in French `42,9 %`. */
export function percent(proportion: number, locale: string, digits = 1): string {
  const format = formatOf(locale, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(rounded(proportion * 100, digits) / 100).replace(/^-/, "\u2212");
}

/** A whole number with the thousands sign of a locale. */
export const count = (value: number, locale: string): string => decimal(value, 0, locale);

/** An amount in euro, cents only where there are any: `€347,000`, `347 000 €`, `€ 347.000`. */
export function euros(amount: number, locale: string): string {
  const digits = Number.isInteger(amount) ? 0 : 2;
  return formatOf(locale, {
    style: "currency",
    currency: "EUR",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount);
}

/** Two numbers in square brackets: `[3.9, 15.1]`; a semicolon parts them where a comma marks decimals: `[3,9; 15,1]`. */
export function bracketed(low: string, high: string, locale: string): string {
  return `[${low}${separator(locale)}${high}]`;
}

/** Several numbers in a row, parted as in `bracketed`. */
export const inARow = (numbers: readonly string[], locale: string): string => numbers.join(separator(locale));

const separator = (locale: string): string =>
  locale.startsWith("en") ? ", " : locale.startsWith("fr") ? "\u202f; " : "; ";

/** `5 March 2026`; French writes the first as `1er`. */
export function longDate(isoDate: string, locale: string): string {
  const format = dates.get(locale) ?? new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  dates.set(locale, format);
  const text = format.format(new Date(`${isoDate}T00:00:00Z`));
  return locale.startsWith("fr") ? text.replace(/^1 /, "1er ") : text;
}

/** Decimal rounding of the shortest decimal form, halves away from zero: 0.145 * 100 rounds as 14.5 does, -0.265 to -0.27. */
export function rounded(value: number, digits: number): number {
  const size = Number(Math.abs(value).toPrecision(15));
  const result = shifted(Math.round(shifted(size, digits)), -digits);
  return result === 0 || Number.isNaN(result) ? 0 : Math.sign(value) * result;
}

/** A number with its decimal point moved, as written: never through a product that isn't exact. */
function shifted(value: number, places: number): number {
  const [digits, exponent = "0"] = String(value).split("e");
  return Number(`${digits}e${Number(exponent) + places}`);
}
