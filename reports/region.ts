import type { Document } from "../src/document/document.ts";
import type { ReportInput } from "./report-input.ts";
import { costsSection } from "./year/costs.ts";
import { duosSection } from "./year/duos.ts";
import { funnelSection } from "./year/funnel.ts";
import { impactSection } from "./year/impact.ts";
import { mentorsSection } from "./year/mentors.ts";
import { outcomesSection } from "./year/outcomes.ts";
import { placesSection } from "./year/places.ts";
import { profileSection } from "./year/profile.ts";
import { yearReport } from "./year/report.ts";
import { surveySection } from "./year/survey.ts";

/** The director's working paper: the region's year with last year and the network beside it. */
export const regionReport = (input: ReportInput): Document =>
  yearReport(input, "region", [
    ...duosSection(input),
    ...outcomesSection(input),
    ...mentorsSection(input),
    ...funnelSection(input),
    ...placesSection(input),
    ...surveySection(input),
    ...costsSection(input),
    ...profileSection(input),
    ...impactSection(input),
  ]);
