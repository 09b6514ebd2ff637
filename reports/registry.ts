import type { Document } from "../src/document/document.ts";
import type { REPORTS } from "../src/protocol/protocol.ts";
import { investorReport } from "./investor.ts";
import type { ReportInput } from "./report-input.ts";

export type ReportName = (typeof REPORTS)[number];

/** What each report says; a report is one entry here and one file beside this one. */
export const REPORT_MAKERS: Readonly<Partial<Record<ReportName, (input: ReportInput) => Document>>> = {
  investor: investorReport,
};
