import { DataQuality } from "../../catalogue/data-quality.ts";
import { CHANGES, changesBetween } from "./quality-changes.ts";
import { COMPLETE, type QualityFacts } from "./quality-facts.ts";
import { findingsOf } from "./quality-findings.ts";
import { GAP } from "./quality-freshness.ts";

/** First line of every form of the report. */
const RESTRICTED = "Restricted: counts of few people; not for publication";

/** What the run is, beside what its sources hold. */
interface QualityFrame {
  readonly pipeline: string;
  readonly runId: string | null;
  readonly version: string;
  readonly protocolHash: string;
  readonly region: string;
  readonly period: string;
  readonly synthetic: boolean;
  /** Day of the register's extraction (ISO). */
  readonly asOf: string;
  /** Why the run was refused; empty where it went on. */
  readonly refused: readonly string[];
}

/** The report that this one is compared with: the newest edition's up to the year reported that left one. */
export interface PreviousQuality {
  readonly edition: string;
  readonly quality: DataQuality;
}

const NOTHING: QualityFacts = {
  ...{ sources: [], files: [], rules: [], completeness: [], codes: [], duplicates: [], freshness: [], months: [] },
};

/** The report's data; `facts` are absent where the sources could not be read. */
export function dataQuality(
  frame: QualityFrame,
  facts: QualityFacts | undefined,
  previous: PreviousQuality | undefined,
): DataQuality {
  const { pipeline, runId, version, protocolHash, region, period, synthetic, asOf } = frame;
  const judged = {
    schema: "duo-impact/data-quality/1" as const,
    restricted: RESTRICTED,
    ...{ pipeline, runId, version, protocolHash, region, period, synthetic, asOf },
    previous: previous?.edition ?? null,
    thresholds: { completeness: COMPLETE, gap: GAP, ...CHANGES },
    refused: [...frame.refused],
    ...(facts ?? NOTHING),
    changes: facts === undefined || previous === undefined ? [] : changesBetween(previous.quality, facts),
  };
  return DataQuality.parse({ ...judged, findings: findingsOf(judged) });
}

/** The canonical form: one key order, one line a value. */
export const qualityJson = (quality: DataQuality): string => `${JSON.stringify(quality, null, 1)}\n`;

/** An earlier edition's report, undefined where it is of another schema or damaged. */
export function parseQuality(text: string): DataQuality | undefined {
  try {
    return DataQuality.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
