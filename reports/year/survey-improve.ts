import type { Block } from "../../src/document/document.ts";
import type { Codebook } from "../../src/protocol/questionnaires.ts";
import { inARow } from "../../src/wording/numbers.ts";
import type { ReportInput } from "../report-input.ts";
import { NETWORK, regionName, shortWords, shown, told, type YearPlace, yearOf, yearsBefore } from "./place.ts";
import type { Asked } from "./survey-answers.ts";

const REASONS = ["fall", "lowest", "lowest_and_fall"] as const;

/** The list for the region's discussion, in its order, each item with why it is listed and the shares that agree. */
export function improveBlocks(input: ReportInput, asked: readonly Asked[], { items }: Codebook): readonly Block[] {
  const { messages } = input;
  const listed = asked
    .flatMap(({ arm, wave, name }) =>
      items.flatMap(({ item, text }) =>
        REASONS.flatMap((reason) => {
          const place = { arm, definition: wave, dimension: "item", level: item };
          const rank = told(input, { ...place, metric: `survey_improve_${reason}` });
          if (rank?.value == null) return [];
          const shares = sharesText(input, place);
          return [{ rank: rank.value, reason, item: text[messages.language], name, shares }];
        }),
      ),
    )
    .sort((a, b) => a.rank - b.rank);
  if (listed.length === 0) return [{ kind: "text", text: messages.text("year.survey.noImprove") }];
  return [
    {
      kind: "facts",
      id: "improve",
      title: messages.text("year.survey.improve", { place: input.region === NETWORK ? "network" : "region" }),
      facts: listed.map(({ rank, reason, item, name, shares }) => ({
        label: `${rank}. ${name}`,
        text: messages.text("year.survey.improveText", { item, reason, shares }),
      })),
    },
  ];
}

/** `72.0%, 2023: 75.1%, All regions, 2024: 80.2%`. */
function sharesText(input: ReportInput, place: Omit<YearPlace, "metric">): string {
  const { messages, region } = input;
  const [before] = yearsBefore(input);
  const share = (at: Partial<YearPlace>): string => {
    const value = told(input, { ...place, ...at, metric: "survey_top2" });
    return value?.value == null ? shortWords(value, messages) : shown(value, "share", messages);
  };
  const compared: readonly (readonly [string, string])[] = [
    ...(before === undefined ? [] : [[before, share({ period: before })] as const]),
    ...(region === NETWORK
      ? []
      : [[`${regionName(NETWORK, input)}, ${yearOf(input)}`, share({ region: NETWORK })] as const]),
  ];
  const shares = [share({}), ...compared.map(([year, value]) => messages.text("year.key.before", { year, value }))];
  return inARow(shares, messages.locale);
}
