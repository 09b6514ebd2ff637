import type { DataQuality, QualityFinding } from "../../catalogue/data-quality.ts";
import { groupBy } from "../../group-by.ts";

/** Months without a new duo from which a branch is named. */
const STALE = 6;

type Judged = Omit<DataQuality, "findings">;

/** What the report says first, chosen by rule; the sentences are `quality.finding.CODE` in the messages. */
export function findingsOf(quality: Judged): readonly QualityFinding[] {
  const found = (code: string, values: QualityFinding["values"] = {}): readonly QualityFinding[] => [{ code, values }];
  const { refused, files } = quality;
  if (files.length === 0) return found("unread", { n: refused.length });
  return [
    ...(refused.length > 0 ? found("refused") : []),
    ...rejections(quality, found),
    ...codes(quality, found),
    ...readings(quality, found),
    ...completeness(quality, found),
    ...persons(quality, found),
    ...freshness(quality, found),
    ...changes(quality, found),
  ];
}

type Found = (code: string, values?: QualityFinding["values"]) => readonly QualityFinding[];

function rejections({ files }: Judged, found: Found): readonly QualityFinding[] {
  const rejecting = files.filter(({ rejected }) => rejected > 0);
  const warned = files.filter((file) => file.warned > 0);
  const sum = (of: typeof files, name: "received" | "rejected" | "warned"): number =>
    of.reduce((total, file) => total + file[name], 0);
  const worst = rejecting.toSorted((a, b) => b.rejected - a.rejected)[0];
  return [
    ...(worst === undefined
      ? found("noneRejected", { files: files.length, rows: sum(files, "received") })
      : found("rejected", {
          ...{ n: rejecting.length, files: files.length, rows: sum(files, "rejected"), of: sum(files, "received") },
          ...{ file: worst.file, most: worst.rejected },
        })),
    ...(warned.length === 0 ? [] : found("warned", { n: warned.length, rows: sum(files, "warned") })),
  ];
}

function codes(quality: Judged, found: Found): readonly QualityFinding[] {
  const unknown = quality.codes.filter(({ ours }) => ours === null);
  const rows = unknown.reduce((sum, code) => sum + code.rows, 0);
  return unknown.length === 0 ? [] : found("unknownCodes", { n: unknown.length, rows });
}

function readings({ files }: Judged, found: Found): readonly QualityFinding[] {
  const guessed = files.filter(({ recognised }) => recognised.some(({ how }) => how === "guessed"));
  return guessed.length === 0 ? [] : found("guessed", { n: guessed.length, file: guessed[0]?.file ?? "" });
}

function completeness(quality: Judged, found: Found): readonly QualityFinding[] {
  const low = quality.completeness.filter((one) => one.low);
  const columns = groupBy(low, ({ table, column }) => `${table}.${column}`);
  const [worst] = low.filter(({ region }) => region === "").sort((a, b) => a.filled / a.rows - b.filled / b.rows);
  if (columns.size === 0) return found("complete");
  if (worst === undefined) return found("lowSomewhere", { n: columns.size });
  const { table, column, filled, rows } = worst;
  return found("low", { n: columns.size, table, column, share: filled / rows });
}

function persons(quality: Judged, found: Found): readonly QualityFinding[] {
  const across = quality.duplicates.filter(({ kind }) => kind === "across_branches" || kind === "across_regions");
  const n = across.reduce((sum, one) => sum + (one.persons ?? 0), 0);
  return n === 0 ? [] : found("across", { n });
}

function freshness(quality: Judged, found: Found): readonly QualityFinding[] {
  const stale = quality.freshness.filter(
    ({ table, branch, monthsBehind }) => table === "duos" && branch !== "" && (monthsBehind ?? 0) >= STALE,
  );
  const gaps = quality.months.filter(({ gap }) => gap);
  const places = groupBy(gaps, ({ table, region }) => `${table}\0${region}`);
  return [
    ...(stale.length === 0 ? [] : found("stale", { n: stale.length, months: STALE })),
    ...(gaps.length === 0 ? [] : found("gaps", { n: gaps.length, places: places.size })),
  ];
}

function changes(quality: Judged, found: Found): readonly QualityFinding[] {
  const { previous } = quality;
  if (previous === null) return found("first");
  const flagged = quality.changes.filter((change) => change.flagged).length;
  return flagged === 0
    ? found("unchanged", { edition: previous })
    : found("changed", { edition: previous, n: flagged });
}
