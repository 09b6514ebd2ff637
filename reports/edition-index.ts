import type { Fact, Format, Language } from "../src/document/document.ts";
import { type IndexGroup, type IndexLink, renderIndex } from "../src/document/index-page.ts";
import { groupBy } from "../src/group-by.ts";
import { LANGUAGES } from "../src/protocol/protocol.ts";
import { upperFirst } from "../src/wording/first-letter.ts";
import type { KeyUnder } from "../src/wording/message-keys.ts";
import { loadMessages } from "../src/wording/messages.ts";
import type { RenderedReport, RenderedReports } from "./render.ts";
import { periodText, pooledPeriod, type ReportInput } from "./report-input.ts";
import { frameFacts, syntheticNotice } from "./sections/frame.ts";
import { NETWORK, regionName } from "./year/place.ts";

const METRICS_FILES = [
  ["metrics.csv", "CSV"],
  ["metrics.parquet", "Parquet"],
  ["metrics.arrow", "Arrow"],
  ["metrics.json", "JSON"],
  ["datapackage.json"],
] as const;

const FORMAT_NAMES: Readonly<Record<Format, KeyUnder<"index">>> = { html: "html", pdf: "pdf", xlsx: "xlsx" };

/** The page that an edition opens with, by its name in each language. */
export function editionIndexes(
  input: Omit<ReportInput, "messages" | "region">,
  rendered: RenderedReports,
): ReadonlyArray<readonly [string, string]> {
  return LANGUAGES.map((language) => [indexFile(language), editionIndex(input, rendered, language)]);
}

const indexFile = (language: Language): string => (language === "en" ? "index.html" : `index-${language}.html`);

/** One language's index: every report by language and format, the metrics, and what is needed to check them. */
export function editionIndex(
  input: Omit<ReportInput, "messages" | "region">,
  rendered: RenderedReports,
  language: Language = "en",
): string {
  const messages = loadMessages(language);
  const full = { ...input, region: input.pipeline.region, messages };
  const text = (key: KeyUnder<"index">, values: Record<string, string> = {}): string =>
    messages.text(`index.${key}`, values);
  return renderIndex({
    language,
    locale: messages.locale,
    title: text("headline", {
      title: input.pipeline.title[language],
      period: periodText(pooledPeriod(input.pipeline)),
    }),
    organisation: input.pipeline.organisation,
    series: messages.text("furniture.series"),
    kind: text("kind"),
    lead: text("lead", { reports: rendered.files.length === 0 ? "no" : "yes" }),
    inOtherLanguages: LANGUAGES.filter((other) => other !== language).map((other) => ({
      href: indexFile(other),
      text: loadMessages(other).text("index.here"),
      language: other,
    })),
    facts: factsOf(full, rendered),
    ...syntheticNotice(full),
    groups: indexGroups(rendered, full).filter(({ links }) => links.length > 0),
    skipToContent: messages.text("furniture.skipToContent"),
  });
}

/** What there is to read, to compute with, to send and to check. */
function indexGroups(rendered: RenderedReports, input: ReportInput): readonly IndexGroup[] {
  const text = (key: KeyUnder<"index">): string => input.messages.text(`index.${key}`);
  const link = (href: string, key: KeyUnder<"index">, detail: string): IndexLink => ({ href, text: text(key), detail });
  const charts = [...rendered.charts.keys()].map((href) => ({
    href,
    text: href.replace(/^charts\//, "").replace(/\.vl\.json$/, ""),
    detail: text("charts"),
    also: pictureOf(href, rendered),
  }));
  const metrics = METRICS_FILES.map(([file, detail]) => ({
    href: `metrics/${file}`,
    text: file,
    detail: detail ?? text("dictionary"),
  }));
  return [
    ...reportGroups(rendered, input),
    { title: text("metrics"), text: text("tidy"), links: metrics },
    { title: text("esf"), text: text("esfDetail"), links: esfLinks(rendered, input) },
    {
      title: text("checking"),
      links: [
        link("manifest.json", "manifest", text("manifestDetail")),
        link("replication/protocol.json", "protocol", text("protocolDetail")),
        ...charts,
      ],
    },
  ];
}

/** The picture of a chart, where there is one. */
function pictureOf(specification: string, { pictures }: RenderedReports): NonNullable<IndexLink["also"]> {
  const href = specification.replace(/vl\.json$/, "png");
  return pictures.has(href) ? [{ href, text: "PNG" }] : [];
}

/** An edition with a report of the network is the network's, whatever region its impact was estimated in. */
function factsOf(input: ReportInput, { files }: RenderedReports): readonly Fact[] {
  const facts = frameFacts(input);
  const [region, ...others] = facts;
  if (region === undefined || !files.some((file) => file.region === NETWORK)) return facts;
  return [{ ...region, text: input.messages.text("index.network") }, ...others];
}

/** A workbook is named in its own language. */
function esfLinks({ esf }: RenderedReports, { messages }: ReportInput): readonly IndexLink[] {
  return [...esf.keys()].map((href) => {
    const language = LANGUAGES.find((own) => href.endsWith(`-${own}.xlsx`));
    if (language === undefined) return { href, text: messages.text("index.esfCsv"), detail: "CSV" };
    const detail = detailOf(language, "xlsx", messages);
    return { href, text: loadMessages(language).text("esf.title"), detail, language };
  });
}

/** A file's language and format, e.g. `French · PDF`. */
function detailOf(language: Language, format: Format, messages: ReportInput["messages"]): string {
  const name = upperFirst(messages.text(`index.languages.${language}`));
  return [name, messages.text(`index.${FORMAT_NAMES[format]}`)].join(" · ");
}

/** One group a region, the network first; one line a report and language, its other formats beside it. */
function reportGroups({ files }: RenderedReports, input: ReportInput): readonly IndexGroup[] {
  const text = (key: KeyUnder<"index">): string => input.messages.text(`index.${key}`);
  const regions = [...groupBy(files, ({ region }) => region)].sort(
    ([a], [b]) => Number(b === NETWORK) - Number(a === NETWORK),
  );
  return regions.map(([region, own]) => ({
    title: input.messages.text("furniture.titled", {
      title: text("reports"),
      subject: region === NETWORK ? text("network") : regionName(region, input),
    }),
    links: [
      ...groupBy(ownFirst(own, input.messages.language), ({ report, language }) => `${report} ${language}`).values(),
    ].flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : [
            {
              href: first.path,
              text: first.title,
              language: first.language,
              detail: detailOf(first.language, first.format, input.messages),
              also: others.map((other) => ({ href: other.path, text: text(FORMAT_NAMES[other.format]) })),
            },
          ],
    ),
  }));
}

/** Report by report, that in the page's own language before the others. */
const ownFirst = (files: readonly RenderedReport[], own: Language): readonly RenderedReport[] =>
  [...groupBy(files, ({ report }) => report).values()].flatMap((same) =>
    [...same].sort((a, b) => Number(b.language === own) - Number(a.language === own)),
  );
