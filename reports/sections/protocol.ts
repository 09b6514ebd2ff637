import type { Block } from "../../src/document/document.ts";
import { longDate } from "../../src/wording/numbers.ts";
import type { ReportInput } from "../report-input.ts";

/** The protocol's hash, with the day on which it was frozen or that it was changed. */
export function protocolText(input: ReportInput): string {
  const { messages, protocolHash, standing } = input;
  const values = { hash: protocolHash.slice(0, 12), day: dayOf(input) };
  if (standing.change?.after === "results") return messages.text("protocol.changedResults", values);
  if (standing.change?.after === "frozen") return messages.text("protocol.changedFrozen", values);
  return standing.frozenOn === undefined ? values.hash : messages.text("protocol.fixed", values);
}

/** Which settings were changed after results were first computed, or after the protocol was frozen; else nothing. */
export function protocolSection(input: ReportInput): readonly Block[] {
  const { messages, standing } = input;
  if (standing.change === undefined) return [];
  const { after, settings } = standing.change;
  const value = (text: string): string => (text === "" ? messages.text("protocol.unset") : text);
  return [
    {
      kind: "facts",
      id: "protocol-changes",
      title: messages.text(after === "results" ? "protocol.titleResults" : "protocol.titleFrozen", {
        day: dayOf(input),
      }),
      facts: settings.map((change) => ({
        label: change.setting,
        text: messages.text("protocol.change", { before: value(change.before), after: value(change.after) }),
      })),
    },
  ];
}

const dayOf = ({ messages, standing }: ReportInput): string =>
  standing.frozenOn === undefined ? "" : longDate(standing.frozenOn, messages.locale);
