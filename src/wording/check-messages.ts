import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageRoot } from "../package-root.ts";
import { KEYS_FILE, keysText } from "./keys-file.ts";
import { builtFile, LOCALES, messageKeys, messagesBuilt } from "./messages.ts";

/* Part of the build: ends it where a message is missing in a language, or where the keys that the type check knows are
   not those of the messages. Keeps the messages as JSON, which is read in a fraction of the time. */

const languages = Object.keys(LOCALES) as (keyof typeof LOCALES)[];
const all = new Set(languages.flatMap((language) => [...messageKeys(language)]));
const missing = languages.flatMap((language) => {
  const own = messageKeys(language);
  return [...all].filter((key) => !own.has(key)).map((key) => `reports/messages/${language}.yaml: ${key} is missing`);
});
const isOld = readFileSync(join(packageRoot(), KEYS_FILE), "utf8") !== keysText(messageKeys("en"));
const old = isOld ? [`${KEYS_FILE} doesn't hold the keys of reports/messages/en.yaml: npm run keys`] : [];
if (missing.length + old.length > 0) throw new Error([...missing, ...old].join("\n"));
for (const language of languages) {
  const file = builtFile(language);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, JSON.stringify(messagesBuilt(language)));
  renameSync(`${file}.part`, file);
}
