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

/** The network's year: duos, outcomes, mentors, regions side by side, and the impact where it was estimated. */
export const annualReport = (input: ReportInput): Document =>
  yearReport(input, "annual", [
    ...impactSection(input),
    ...duosSection(input),
    ...outcomesSection(input),
    ...placesSection(input),
    ...funnelSection(input),
    ...mentorsSection(input),
    ...surveySection(input),
    ...costsSection(input),
    ...profileSection(input),
  ]);
