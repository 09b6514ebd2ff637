import type { QuestionnaireExport } from "./questionnaire-codebook.ts";

/** A submission as text that sorts by time, its ISO day first; empty for none, null where its day can't be read. */
export function instantOf(submitted: string, days: QuestionnaireExport["days"]): string | null {
  if (submitted === "") return "";
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(.*)$/.exec(submitted);
  const other = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(.*)$/.exec(submitted);
  const parts =
    days === "YYYY-MM-DD"
      ? iso && [iso[1], iso[2], iso[3], iso[4]]
      : days === "DD/MM/YYYY"
        ? other && [other[3], other[2], other[1], other[4]]
        : other && [other[3], other[1], other[2], other[4]];
  if (parts === null) return null;
  const [year = "", month = "", day = "", rest = ""] = parts;
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const isDay = new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
  return isDay ? `${text} ${clockOf(rest)}` : null;
}

/** Hours, minutes and seconds on a clock of 24, so that their texts sort. */
function clockOf(text: string): string {
  const [, hours = "0", minutes = "00", seconds = "00", half = ""] =
    /(\d{1,2}):(\d{2})(?::(\d{2}))?[^APap]*([APap][Mm])?/.exec(text) ?? [];
  const past = /p/i.test(half) ? 12 : 0;
  const hour = half === "" ? Number(hours) : (Number(hours) % 12) + past;
  return `${String(hour).padStart(2, "0")}:${minutes}:${seconds}`;
}
