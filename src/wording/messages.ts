import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { IntlMessageFormat } from "intl-messageformat";
import { parse } from "yaml";
import type { Language } from "../document/document.ts";
import { packageRoot } from "../package-root.ts";
import type { MessageFamily, MessageKey } from "./message-keys.ts";

export const LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", fr: "fr-BE", nl: "nl-BE" };

type MessageValues = Readonly<Record<string, string | number>>;

/** Every text of one language, by dotted key (`investor.title`). */
export interface Messages {
  readonly language: Language;
  readonly locale: string;
  has(key: string): key is MessageKey;
  /** The message with its slots filled; a slot left open is a bug and throws. */
  text(key: MessageKey, values?: MessageValues): string;
  /** A message of a family by a name that is known at run time only; one that is missing is a bug and throws. */
  named(family: MessageFamily, name: string, values?: MessageValues): string;
}

const loaded = new Map<Language, Messages>();

/** `reports/messages/{language}.yaml`: nested keys, ICU MessageFormat texts; read once a process. */
export function loadMessages(language: Language): Messages {
  const messages = loaded.get(language) ?? readMessages(language);
  loaded.set(language, messages);
  return messages;
}

/** Keys of every message of a language. */
export const messageKeys = (language: Language): ReadonlySet<string> => new Set(readPatterns(language).keys());

function readPatterns(language: Language): ReadonlyMap<string, string> {
  const yaml = readFileSync(join(packageRoot(), "reports", "messages", `${language}.yaml`), "utf8");
  return builtPatterns(language, yaml) ?? parsedPatterns(yaml);
}

function parsedPatterns(yaml: string): ReadonlyMap<string, string> {
  const patterns = new Map<string, string>();
  flatten(parse(yaml), "", patterns);
  return patterns;
}

/** What the build made of a language's YAML, which every process and thread would else parse: its texts by key. */
interface BuiltMessages {
  readonly sha256: string;
  readonly patterns: Readonly<Record<string, string>>;
}

/** Where the build puts a language's messages. */
export const builtFile = (language: Language): string => join(packageRoot(), "dist", "messages", `${language}.json`);

/** A language's messages as the build keeps them. */
export function messagesBuilt(language: Language): BuiltMessages {
  const yaml = readFileSync(join(packageRoot(), "reports", "messages", `${language}.yaml`), "utf8");
  return { sha256: hashOf(yaml), patterns: Object.fromEntries(parsedPatterns(yaml)) };
}

/** Undefined where the build kept none, or the YAML was changed since. */
function builtPatterns(language: Language, yaml: string): ReadonlyMap<string, string> | undefined {
  const file = builtFile(language);
  if (!existsSync(file)) return undefined;
  const built: BuiltMessages = JSON.parse(readFileSync(file, "utf8"));
  return built.sha256 === hashOf(yaml) ? new Map(Object.entries(built.patterns)) : undefined;
}

const hashOf = (yaml: string): string => createHash("sha256").update(yaml).digest("hex");

function readMessages(language: Language): Messages {
  const patterns = readPatterns(language);
  const formats = new Map<string, IntlMessageFormat>();
  const locale = LOCALES[language];
  const filled = (key: string, values: MessageValues = {}): string => {
    const pattern = patterns.get(key);
    if (pattern === undefined) throw new Error(`message ${key} is missing in reports/messages/${language}.yaml`);
    const format = formats.get(key) ?? new IntlMessageFormat(pattern, locale);
    formats.set(key, format);
    return String(format.format(values));
  };
  return {
    language,
    locale,
    has: (key): key is MessageKey => patterns.has(key),
    text: filled,
    named: (family, name, values) => filled(`${family}.${name}`, values),
  };
}

function flatten(node: unknown, prefix: string, into: Map<string, string>): void {
  if (typeof node === "string") into.set(prefix, node);
  else if (typeof node === "object" && node !== null)
    for (const [key, value] of Object.entries(node)) flatten(value, prefix === "" ? key : `${prefix}.${key}`, into);
}
