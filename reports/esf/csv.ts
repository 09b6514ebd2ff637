import { csvText } from "../../src/csv-field.ts";
import type { Released } from "../../src/disclose/finding.ts";
import type { Language } from "../../src/document/document.ts";
import { ESF_CODES } from "../../src/indicators/esf-codes.ts";
import { loadMessages } from "../../src/wording/messages.ts";
import type { ReportInput } from "../report-input.ts";
import { told } from "../year/place.ts";
import { ESF_COLUMNS, esfPeriods, esfPlace, esfRegions } from "./places.ts";

const HEADERS = { total: "all", woman: "women", man: "men", non_binary: "non_binary" } as const;

/**
 * The common indicators as CSV (RFC 4180, UTF-8): one row a region, period and code, persons in all and by gender, each
 * with its CONF_STATUS (F shown, A too few persons, D hidden for another's sake; Z not told by gender). What is hidden is
 * empty. The row `incomplete` counts the persons who are in no other row.
 */
export function esfCsv(input: ReportInput, languages: readonly Language[]): string {
  const header = [
    "region",
    "period",
    "code",
    ...languages.map((language) => `title_${language}`),
    "title_to_verify",
    ...ESF_COLUMNS.flatMap((column) => [HEADERS[column], `${HEADERS[column]}_conf_status`]),
    "as_of",
  ];
  const rows = esfRegions(input).flatMap((region) =>
    esfPeriods(input).flatMap((period) =>
      namedRows(languages).flatMap(({ metric, names }) => {
        const values = ESF_COLUMNS.map((column) => told(input, { ...esfPlace(metric, column), region, period }));
        const [all] = values;
        return all === undefined ? [] : [[region, period, ...names, ...values.flatMap(cells), all.as_of]];
      }),
    ),
  );
  return csvText([header, ...rows]);
}

const cells = (value: Released | undefined): readonly (string | number | null)[] =>
  value === undefined ? [null, "Z"] : [value.value, value.conf_status];

interface NamedRow {
  readonly metric: string;
  /** Code, titles, whether the title is to be verified. */
  readonly names: readonly string[];
}

function namedRows(languages: readonly Language[]): readonly NamedRow[] {
  const incomplete = languages.map((language) => loadMessages(language).text("year.esf.incomplete"));
  return [
    ...ESF_CODES.map(({ code, title, toVerify }) => ({
      metric: code.toLowerCase(),
      names: [code, ...languages.map((language) => title[language]), toVerify ? "yes" : "no"],
    })),
    { metric: "esf_incomplete", names: ["incomplete", ...incomplete, "no"] },
  ];
}
