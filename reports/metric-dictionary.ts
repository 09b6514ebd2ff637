import type { DictionaryWords, Titles } from "../src/publish/data-package.ts";
import { loadMessages, type Messages } from "../src/wording/messages.ts";
import { metricWords } from "./metric-words.ts";

/** The words of the metrics' data dictionary in every language. */
export const metricDictionary = (): DictionaryWords => ({
  title: inAll((messages) => messages.text("dictionary.title")),
  text: inAll((messages) => messages.text("dictionary.text")),
  rounded: (base) => inAll((messages) => messages.text("dictionary.rounded", { base })),
  column: (column) => inAll((messages) => messages.named("dictionary.column", column)),
  code: (column, code) => inAll((messages) => messages.named("dictionary.code", `${column}.${code}`)),
  metric: (metric) => ({
    titles: inAll((messages) => metricWords(metric, messages).title),
    texts: inAll((messages) => metricWords(metric, messages).text),
  }),
});

const inAll = (say: (messages: Messages) => string): Titles => ({
  en: say(loadMessages("en")),
  fr: say(loadMessages("fr")),
  nl: say(loadMessages("nl")),
});
