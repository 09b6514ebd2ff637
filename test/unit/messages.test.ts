import { readFileSync } from "node:fs";
import { join } from "node:path";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { LANGUAGES } from "../../src/protocol/protocol.ts";
import { builtFile, LOCALES, messageKeys, messagesBuilt } from "../../src/wording/messages.ts";

type Elements = ReturnType<IntlMessageFormat["getAst"]>;
type Language = (typeof LANGUAGES)[number];

/** A slot of a message: its kind in ICU's grammar and, for a choice, the options it names. */
interface Slot {
  readonly name: string;
  readonly kind: "text" | "select" | "plural";
  readonly options: readonly string[];
}

const POUND = 7;
const FILES = "reports/messages";
const texts: Readonly<Record<Language, ReadonlyMap<string, string>>> = {
  en: textsOf("en"),
  fr: textsOf("fr"),
  nl: textsOf("nl"),
};

function textsOf(language: Language): ReadonlyMap<string, string> {
  const into = new Map<string, string>();
  const flatten = (node: unknown, prefix: string): void => {
    if (typeof node === "object" && node !== null)
      for (const [key, value] of Object.entries(node)) flatten(value, prefix === "" ? key : `${prefix}.${key}`);
    else into.set(prefix, String(node));
  };
  flatten(parse(readFileSync(join(FILES, `${language}.yaml`), "utf8")), "");
  return into;
}

const formatOf = (text: string, language: Language) => new IntlMessageFormat(text, LOCALES[language]);
const textAt = (key: string, language: Language): string => texts[language].get(key) ?? `${key} is missing`;
const slotsAt = (key: string, language: Language): readonly Slot[] =>
  slotsOf(formatOf(textAt(key, language), language).getAst());

function slotsOf(elements: Elements): readonly Slot[] {
  return elements.flatMap((element): readonly Slot[] => {
    if (!("value" in element) || element.type === 0 || (element.type as number) === POUND) return [];
    if (!("options" in element)) return [{ name: element.value, kind: "text", options: [] }];
    const inner = Object.values(element.options).flatMap((option) => slotsOf(option.value));
    const kind = "pluralType" in element ? "plural" : "select";
    return [{ name: element.value, kind, options: Object.keys(element.options) }, ...inner];
  });
}

/** Every combination of a value for each slot: all options of a choice, numbers on both sides of a plural. */
function samples(slots: readonly Slot[]): ReadonlyArray<Readonly<Record<string, string | number>>> {
  const values = new Map<string, readonly (string | number)[]>();
  for (const { name, kind, options } of slots) {
    if (kind === "plural") values.set(name, [0, 1, 2, 7, 1_000_000]);
    else if (kind === "select") values.set(name, options);
    else if (!values.has(name)) values.set(name, ["sample"]);
  }
  return [...values].reduce<ReadonlyArray<Readonly<Record<string, string | number>>>>(
    (rows, [name, own]) => rows.flatMap((row) => own.map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
}

const keys = [...texts.en.keys()];
const names = (slots: readonly Slot[]): readonly string[] => [...new Set(slots.map(({ name }) => name))].sort();

/** Every key whose texts break a rule, so that a failure names them all. */
const breaking = (language: Language, broken: (text: string, key: string) => boolean): readonly string[] =>
  [...texts[language]].filter(([key, text]) => broken(text, key)).map(([key, text]) => `${key}: ${text}`);

describe.each(["fr", "nl"] as const)("the texts in %s", (language) => {
  it("R6: have the keys of the English ones, in their order", () => {
    expect([...texts[language].keys()]).toEqual(keys);
  });

  it("R6: have the slots of the English ones", () => {
    const differing = keys.filter((key) => names(slotsAt(key, language)).join() !== names(slotsAt(key, "en")).join());
    expect(differing).toEqual([]);
  });

  it("choose by the same options as the English ones", () => {
    const chosen = (key: string, of: Language): string =>
      slotsAt(key, of)
        .filter(({ kind }) => kind === "select")
        .map(({ name, options }) => `${name}: ${[...options].sort().join()}`)
        .join("; ");
    expect(keys.filter((key) => chosen(key, language) !== chosen(key, "en"))).toEqual([]);
  });

  it("leave no sentence in English but names and abbreviations", () => {
    const sentence = (text: string) => text.split(" ").length > 3;
    expect(breaking(language, (text, key) => sentence(text) && text === texts.en.get(key))).toEqual([]);
  });
});

describe.each(LANGUAGES)("the texts in %s", (language) => {
  it("format for every choice, with no slot left open", () => {
    const open = keys.flatMap((key) => {
      const format = formatOf(textAt(key, language), language);
      return samples(slotsAt(key, language))
        .map((values) => String(format.format(values)))
        .filter((text) => text === "" || text !== text.trim() || /[{}#]|undefined| {2}/.test(text));
    });
    expect(open).toEqual([]);
  });

  it("name only plural categories that the language has", () => {
    const { pluralCategories } = new Intl.PluralRules(LOCALES[language]).resolvedOptions();
    const known = (option: string): boolean => option.startsWith("=") || pluralCategories.some((own) => own === option);
    const unknown = keys.filter((key) =>
      slotsAt(key, language).some(({ kind, options }) => kind === "plural" && !options.every(known)),
    );
    expect(unknown).toEqual([]);
  });

  it("use the typographic apostrophe, since the straight one is a sign of the message format", () => {
    expect(breaking(language, (text) => text.includes("'"))).toEqual([]);
  });

  it("end with a full stop where the English one does", () => {
    const stops = (text: string): boolean => text.endsWith(".") || text.endsWith(".}}") || text.endsWith(".}");
    expect(breaking(language, (text, key) => stops(text) !== stops(texts.en.get(key) ?? ""))).toEqual([]);
  });
});

describe("French typography", () => {
  it("sets a no-break space before a colon, a per cent sign and inside quotation marks", () => {
    expect(breaking("fr", (text) => /[^\u00a0(](?:[:%](?!\w)|»)|«[^\u00a0]/.test(text))).toEqual([]);
  });

  it("sets a narrow no-break space before a semicolon, an exclamation mark and a question mark", () => {
    expect(breaking("fr", (text) => /[^\u202f][;!?]/.test(text))).toEqual([]);
  });

  it("counts nought and one as singular, two and more as plural", () => {
    const format = formatOf(textAt("investor.key.controlsDetail", "fr"), "fr");
    expect([1, 2, 3997].map((n) => format.format({ n }))).toEqual([
      "1 personne, pondérée",
      "2 personnes, pondérées",
      "3\u202f997 personnes, pondérées",
    ]);
    const single = formatOf(textAt("investor.said.single", "fr"), "fr");
    expect(single.format({ cohorts: 1, years: "2014" })).toMatch(/^L’intervalle d’une cohorte comprend zéro/);
    expect(single.format({ cohorts: 2, years: "2014 et 2016" })).toMatch(/^Les intervalles de 2 cohortes comprennent/);
  });
});

describe("Dutch typography", () => {
  it("sets no space before a sign", () => {
    expect(breaking("nl", (text) => /[\s\u00a0][:;!?%](?!\w)/.test(text.replace(/, %$/, "")))).toEqual([]);
  });

  it("counts one as singular and nought as plural", () => {
    const format = formatOf(textAt("investor.subgroups.note", "nl"), "nl");
    expect([0, 1, 2].map((n) => String(format.format({ n })).match(/\d vergelijking\w*/)?.[0])).toEqual([
      "0 vergelijkingen",
      "1 vergelijking",
      "2 vergelijkingen",
    ]);
  });
});

describe("messages that the build keeps", () => {
  it.each(LANGUAGES)("are those of the YAML in %s, key by key in its order", (language) => {
    expect(JSON.parse(readFileSync(builtFile(language), "utf8"))).toEqual(messagesBuilt(language));
    expect(Object.entries(messagesBuilt(language).patterns)).toEqual([...texts[language]]);
    expect([...messageKeys(language)]).toEqual([...texts[language].keys()]);
  });
});
