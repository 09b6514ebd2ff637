import { type IndexGroup, renderIndex } from "../src/document/index-page.ts";
import { groupBy } from "../src/group-by.ts";
import type { ServedEdition } from "../src/publish/edition-server.ts";
import type { KeyUnder } from "../src/wording/message-keys.ts";
import { loadMessages } from "../src/wording/messages.ts";
import { longDate } from "../src/wording/numbers.ts";
import { syntheticNotice } from "./sections/frame.ts";

/** The page that lists the editions of a folder, the latest of each pipeline first. */
export function servedIndex(editions: readonly ServedEdition[]): string {
  const messages = loadMessages("en");
  const text = (key: KeyUnder<"index.served">, values: Record<string, string> = {}): string =>
    messages.text(`index.served.${key}`, values);
  const groups = [...groupBy(editions, ({ pipeline }) => pipeline)].map(
    ([pipeline, own]): IndexGroup => ({
      title: pipeline,
      links: [...own]
        .sort((a, b) => Number(b.isLatest) - Number(a.isLatest))
        .map(({ name, isLatest, asOf }) => ({
          href: `${pipeline}/${isLatest ? "latest" : name}/`,
          text: text(isLatest ? "latest" : "edition", { edition: name }),
          detail: text("cutoff", { day: longDate(asOf, messages.locale) }),
        })),
    }),
  );
  return renderIndex({
    language: "en",
    locale: messages.locale,
    title: text("title"),
    organisation: text("kind"),
    series: messages.text("furniture.series"),
    kind: text("kind"),
    lead: text("lead"),
    facts: [],
    ...syntheticNotice({ messages, pipeline: { synthetic: editions.some(({ synthetic }) => synthetic) } }),
    groups,
    skipToContent: messages.text("furniture.skipToContent"),
  });
}
