/** A number as it is printed, with its value and decimals. */
export interface NumberToken {
  readonly text: string;
  readonly value: number;
  readonly decimals: number;
  /** A decimal, a percentage or a number with its thousands apart: what only a figure is written as. */
  readonly isFigure: boolean;
  /** No number itself but the end of a range: `< 0.001`. */
  readonly isBound: boolean;
  /** Where it begins. */
  readonly at: number;
}

/** Signs between thousands and before decimals, by language: `1,754.5`, `1 754,5`, `1.754,5`. */
const SIGNS = { en: [",", "."], fr: ["\u202f\u00a0", ","], nl: [".", ","] } as const;

export type Language = keyof typeof SIGNS;

const PATTERNS: Readonly<Record<Language, RegExp>> = {
  en: patternOf("en"),
  fr: patternOf("fr"),
  nl: patternOf("nl"),
};

/** Languages of the reports by the end of a file's name: `investor-brussels-en.html`. */
export const languageOf = (file: string): Language | undefined =>
  (["en", "fr", "nl"] as const).find((language) => new RegExp(`-${language}\\.[a-z]+$`).test(file));

/** Every number of a text, numbers within words and hashes left out. */
export function numberTokens(text: string, language: Language): readonly NumberToken[] {
  const [thousands, decimal] = SIGNS[language];
  return [...text.matchAll(PATTERNS[language])].map(({ 0: found, index }) => {
    const plain = [...found]
      .filter((sign) => !thousands.includes(sign))
      .join("")
      .replace(decimal, ".");
    const decimals = plain.split(".")[1]?.length ?? 0;
    const isPercent = /^[\s\u00a0\u202f]?%/.test(text.slice(index + found.length, index + found.length + 2));
    const isFigure = decimals > 0 || isPercent || plain.length < found.length;
    const isBound = /[<>≤≥][\s\u00a0\u202f]?$/.test(text.slice(0, index));
    return { text: found, value: Number(plain), decimals, isFigure, isBound, at: index };
  });
}

function patternOf(language: Language): RegExp {
  const [thousands, decimal] = SIGNS[language];
  const grouped = `\\d{1,3}(?:[${thousands}]\\d{3})+`;
  return new RegExp(`(?<![\\p{L}\\d])(?<!\\d[.,])(?:${grouped}|\\d+)(?:[${decimal}]\\d+)?(?![\\p{L}\\d])`, "gu");
}
