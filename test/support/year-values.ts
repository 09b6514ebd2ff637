import type { ReportInput } from "../../reports/report-input.ts";
import { NETWORK } from "../../reports/year/place.ts";
import type { Finding, Released } from "../../src/disclose/finding.ts";
import type { Language } from "../../src/document/document.ts";
import { packageRoot } from "../../src/package-root.ts";
import { loadProject } from "../../src/protocol/project.ts";
import { loadMessages } from "../../src/wording/messages.ts";

type Given = Partial<Omit<Finding, "cell">> & Pick<Finding, "metric" | "arm"> & { readonly hidden?: "A" | "D" };

/** A value as if it had been released; synthetic. */
export function releasedValue({ hidden, ...given }: Given): Released {
  const none = { value: null, lower: null, upper: null, n: null };
  return {
    region: "brussels",
    period: "2024",
    dimension: "total",
    level: "total",
    value: null,
    lower: null,
    upper: null,
    n: null,
    unit: "proportion",
    definition: "",
    window: "",
    as_of: "2026-03-31",
    ...given,
    ...(hidden === undefined ? {} : none),
    obs_status: "A",
    conf_status: hidden ?? "F",
  } as unknown as Released;
}

/** What a report of the programme's year is made from; synthetic. */
export function yearInput(released: readonly Released[], language: Language, region = "brussels"): ReportInput {
  const { pipeline } = loadProject(`${packageRoot()}/pipelines/annual-report.yaml`);
  return {
    pipeline: { ...pipeline, programme: { years: [2022, 2023, 2024], asOf: "2026-03-31" } },
    released,
    region,
    branches: new Map([["B1", "First branch"]]),
    messages: loadMessages(language),
    register: "vdab",
    runId: "run",
    protocolHash: "0".repeat(64),
    designHash: "0".repeat(64),
    standing: {},
  };
}

/** The same values for a region and for the network. */
export const bothPlaces = (given: Given): readonly Released[] =>
  ["brussels", NETWORK].map((region) => releasedValue({ ...given, region }));
