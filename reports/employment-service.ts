import type { Document } from "../src/document/document.ts";
import type { ReportInput } from "./report-input.ts";
import { checksSection } from "./sections/checks.ts";
import { subgroupsSection } from "./sections/subgroups.ts";
import { duosSection } from "./year/duos.ts";
import { esfSection } from "./year/esf.ts";
import { impactSection } from "./year/impact.ts";
import { outcomesSection } from "./year/outcomes.ts";
import { profileSection } from "./year/profile.ts";
import { yearReport } from "./year/report.ts";

/** Outcome metrics for an employment service (Actiris, VDAB, Le Forem): impact in its register first, then the year. */
export const employmentServiceReport = (input: ReportInput): Document =>
  yearReport(input, "service", [
    ...impactSection(input),
    ...checksSection(input),
    ...subgroupsSection(input),
    ...duosSection(input),
    ...outcomesSection(input),
    ...profileSection(input),
    ...esfSection(input),
  ]);
