import type { QualityFinding } from "../src/catalogue/data-quality.ts";
import type { Block, Document, Fact } from "../src/document/document.ts";
import { isDetail } from "../src/user-error.ts";
import type { KeyUnder } from "../src/wording/message-keys.ts";
import { count, longDate, percent } from "../src/wording/numbers.ts";
import { periodText } from "./report-input.ts";
import { furniture, syntheticNotice } from "./sections/frame.ts";
import { codesSection, completenessSection, duplicatesSection } from "./sections/quality-fields.ts";
import { filesSection, recognisedSection, rulesSection } from "./sections/quality-files.ts";
import { changesSection, freshnessSection } from "./sections/quality-fresh.ts";
import { countCell, fieldName, type QualityInput, tableName, words } from "./sections/quality-parts.ts";
import { withTabs } from "./sections/tabs.ts";
import { NETWORK } from "./year/place.ts";

/** What names the pipeline in the report's language. */
interface QualityTitle {
  readonly title: string;
  readonly organisation: string;
  /** The evaluation's region by name. */
  readonly region: string;
}

/** The data-quality report: exact counts of what came in, so it is restricted and says so first. */
export function dataQualityReport(input: QualityInput, named: QualityTitle): Document {
  const { messages, quality } = input;
  const { title, organisation } = named;
  const text = words(input);
  const [first, second] = quality.findings;
  return {
    language: messages.language,
    locale: messages.locale,
    title: `${text("restricted")}. ${text("kind")}: ${title}`,
    organisation,
    series: text("restricted"),
    kind: text("kind"),
    eyebrow: `${text("kind")} \u00b7 ${title}`,
    headline: first === undefined ? text("kind") : sentence(first, input),
    lead: second === undefined ? text("lead") : sentence(second, input),
    facts: factsOf(input, named),
    ...(quality.synthetic ? syntheticNotice({ messages, pipeline: { synthetic: true } }) : {}),
    keywords: text("keywords").split(", "),
    date: quality.asOf,
    blocks: withTabs(input, [
      ...keyFigures(input),
      ...findingsBlock(input),
      ...refusedBlock(input),
      ...filesSection(input),
      ...rulesSection(input),
      ...recognisedSection(input),
      ...completenessSection(input),
      ...codesSection(input),
      ...duplicatesSection(input),
      ...freshnessSection(input),
      ...changesSection(input),
      ...restBlock(input),
    ]),
    furniture: furniture({ messages }),
  };
}

/** What the report states about itself (checklist R4). */
function factsOf(input: QualityInput, { region }: QualityTitle): readonly Fact[] {
  const { messages, quality } = input;
  const fact = (key: KeyUnder<"fact">, value: string): Fact => ({ label: messages.text(`fact.${key}`), text: value });
  return [
    fact("region", quality.region === NETWORK ? messages.text("index.network") : region),
    fact("period", periodText(quality.period)),
    fact("cutoff", longDate(quality.asOf, messages.locale)),
    fact("language", messages.text(`index.languages.${messages.language}`)),
    fact("protocol", quality.protocolHash.slice(0, 12)),
    fact("run", quality.runId ?? words(input)("noRun")),
  ];
}

/** Where to find what a paper leaves out. */
const restBlock = (input: QualityInput): readonly Block[] =>
  input.detail === "paper" && input.quality.files.length > 0
    ? [{ kind: "text", style: "small", text: words(input)("rest") }]
    : [];

function keyFigures(input: QualityInput): readonly Block[] {
  const text = words(input);
  const { files } = input.quality;
  if (files.length === 0) return [];
  const figures = (["received", "accepted", "rejected", "warned"] as const).map((name) => ({
    label: text(name),
    text: countCell(
      files.reduce((sum, file) => sum + file[name], 0),
      input,
    ).text,
    detail: text(`key.${name}`, { n: files.filter((file) => file[name] > 0).length }),
  }));
  return [{ kind: "keyFigures", figures }];
}

/** Every finding as a sentence, by its subject. */
function findingsBlock(input: QualityInput): readonly Block[] {
  const text = words(input);
  const facts = input.quality.findings.map((finding) => ({
    label: input.messages.named("quality.subject", finding.code),
    text: sentence(finding, input),
  }));
  return [{ kind: "facts", id: "findings", title: text("findings"), facts }];
}

/** Problems by number, 1 and 2; lines that say more of one below it, 1.1 and 1.2. */
function numbered(lines: readonly string[]): readonly string[] {
  let [problem, detail] = [0, 0];
  return lines.map((line) => {
    [problem, detail] = isDetail(line) ? [problem, detail + 1] : [problem + 1, 0];
    return detail === 0 ? String(problem) : `${problem}.${detail}`;
  });
}

/** Why the run stopped: the lines of the refusal, numbered. */
function refusedBlock(input: QualityInput): readonly Block[] {
  const { refused } = input.quality;
  if (refused.length === 0) return [];
  const labels = numbered(refused);
  const facts = refused.map((line, i) => ({ label: labels[i] ?? "", text: line.trim() }));
  return [{ kind: "facts", id: "refused", title: words(input)("refused"), facts }];
}

/** The findings as sentences, for a terminal. */
export const findingSentences = (input: Omit<QualityInput, "detail">): readonly string[] =>
  input.quality.findings.map((finding) => sentence(finding, { ...input, detail: "page" }));

const SHARES: ReadonlySet<string> = new Set(["share"]);

/** Numbers that a plural chooses by stay numbers; the others are written as the language does. */
function sentence({ code, values }: QualityFinding, input: QualityInput): string {
  const { locale } = input.messages;
  const shown = Object.entries(values).map(([name, value]) => {
    if (name === "file") return [name, String(value).replace(/^.*\//, "")];
    if (name === "table") return [name, tableName(String(value), input)];
    if (name === "column") return [name, fieldName(String(value), input)];
    if (typeof value === "string" || name === "n") return [name, value];
    return [name, SHARES.has(name) ? percent(value, locale) : count(value, locale)];
  });
  return input.messages.named("quality.finding", code, Object.fromEntries(shown));
}
