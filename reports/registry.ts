import type { Released } from "../src/disclose/finding.ts";
import type { Document } from "../src/document/document.ts";
import type { Pipeline, REPORTS } from "../src/protocol/protocol.ts";
import { annualReport } from "./annual.ts";
import { employmentServiceReport } from "./employment-service.ts";
import { investorReport } from "./investor.ts";
import { regionReport } from "./region.ts";
import type { ReportInput } from "./report-input.ts";
import { NETWORK } from "./year/place.ts";

export type ReportName = (typeof REPORTS)[number];

interface ReportMaker {
  readonly make: (input: ReportInput) => Document;
  /** The regions that it is made for, one report each. */
  readonly regions: (pipeline: Pipeline, released: readonly Released[]) => readonly string[];
}

const evaluated = ({ region }: Pipeline): readonly string[] => [region];

function withDuos(_: Pipeline, released: readonly Released[]): readonly string[] {
  const regions = new Set(released.filter(({ metric }) => metric === "duos_started").map(({ region }) => region));
  regions.delete(NETWORK);
  return [...regions].sort();
}

/** What each report says, and of which regions; a report is one entry here and one file beside this one. */
export const REPORT_MAKERS: Readonly<Record<ReportName, ReportMaker>> = {
  investor: { make: investorReport, regions: evaluated },
  annual: { make: annualReport, regions: () => [NETWORK] },
  region: { make: regionReport, regions: withDuos },
  "employment-service": { make: employmentServiceReport, regions: evaluated },
};

/** What a report of one region may draw from: its own values and the network's; the network's report sees all. */
export const releasedFor = (region: string, released: readonly Released[]): readonly Released[] =>
  region === NETWORK ? released : released.filter((value) => value.region === region || value.region === NETWORK);
