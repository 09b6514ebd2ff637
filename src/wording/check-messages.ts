import { LOCALES, messageKeys } from "./messages.ts";

/* Part of the build: ends it where a message is missing in a language, naming each. */

const languages = Object.keys(LOCALES) as (keyof typeof LOCALES)[];
const all = new Set(languages.flatMap((language) => [...messageKeys(language)]));
const missing = languages.flatMap((language) => {
  const own = messageKeys(language);
  return [...all].filter((key) => !own.has(key)).map((key) => `reports/messages/${language}.yaml: ${key} is missing`);
});
if (missing.length > 0) throw new Error(missing.join("\n"));
