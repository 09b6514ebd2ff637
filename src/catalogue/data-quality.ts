import { z } from "zod";

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const counts = { received: count, accepted: count, rejected: count, warned: count };
const severity = z.enum(["reject", "warn"]);
const sentence = z.strictObject({ en: z.string(), fr: z.string(), nl: z.string() });
const place = { region: z.string(), branch: z.string() };

/** What was recognised of a file, and whether its mapping said so, its bytes prove it, or it was only guessed. */
const recognised = z.strictObject({
  what: z.string(),
  value: z.string(),
  how: z.enum(["told", "found", "guessed"]),
});

const file = z.strictObject({
  source: z.string(),
  table: z.string(),
  file: z.string(),
  sha256: z.string(),
  bytes: count,
  ...counts,
  /** The file to send back, beside this report's folder; null where every row was accepted without a warning. */
  rejects: z.string().nullable(),
  /** Problem rows that the file to send back holds. */
  listed: count,
  recognised: z.array(recognised),
});

const rule = z.strictObject({
  source: z.string(),
  table: z.string(),
  file: z.string(),
  /** The sender's name of the column, empty where the whole row is meant. */
  column: z.string(),
  rule: z.string(),
  severity,
  rows: count,
  firstRow: z.int(),
  remedy: sentence,
});

/** Accepted rows with a value; an empty region or branch sums over all. */
const completeness = z.strictObject({
  table: z.string(),
  column: z.string(),
  ...place,
  rows: count,
  filled: count,
  /** Filled in a smaller share of rows than asked of a column that the source fills. */
  low: z.boolean(),
});

/** `theirs`: the texts that the mapping reads as this code; `ours` null: a text that it doesn't know. */
const code = z.strictObject({
  source: z.string(),
  table: z.string(),
  column: z.string(),
  theirs: z.array(z.string()),
  ours: z.string().nullable(),
  rows: count,
});

const duplicates = z.strictObject({
  kind: z.enum(["rows", "same_branch", "across_branches", "across_regions"]),
  table: z.string(),
  persons: count.nullable(),
  rows: count,
});

const freshness = z.strictObject({
  table: z.string(),
  ...place,
  years: z.array(z.strictObject({ year: z.int(), rows: count, latest: z.iso.date() })),
  latest: z.iso.date(),
  /** Whole months between the latest record and the extraction; null without an extraction day. */
  monthsBehind: z.int().nullable(),
});

/** One of the last 24 months; `usual`: mean of the same month in the three years before, null where they aren't covered. */
const month = z.strictObject({
  table: z.string(),
  region: z.string(),
  month: z.string().regex(/^\d{4}-\d{2}$/),
  rows: count,
  usual: z.number().nullable(),
  gap: z.boolean(),
});

const change = z.strictObject({
  what: z.enum(["rows", "rejected", "completeness", "code"]),
  source: z.string(),
  table: z.string(),
  column: z.string(),
  code: z.string(),
  /** Rows are counts, the others shares; null: not there. */
  before: z.number().nullable(),
  now: z.number().nullable(),
  flagged: z.boolean(),
});

const finding = z.strictObject({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** What came in, what was wrong with it, and how it differs from the edition before. Restricted: it counts few people. */
export const DataQuality = z.strictObject({
  schema: z.literal("duo-impact/data-quality/1"),
  restricted: z.string(),
  pipeline: z.string(),
  runId: z.string().nullable(),
  version: z.string(),
  protocolHash: z.string(),
  /** A region, or `network` where the programme of every region is read. */
  region: z.string(),
  /** Cohort years: `2022-2024`. */
  period: z.string(),
  synthetic: z.boolean(),
  asOf: z.iso.date(),
  previous: z.string().nullable(),
  thresholds: z.strictObject({
    completeness: share,
    gap: share,
    fewerRows: share,
    rejectedShare: share,
    share,
  }),
  /** Why the run was refused, one a line; empty where it went on. */
  refused: z.array(z.string()),
  sources: z.array(z.strictObject({ source: z.string(), title: z.string(), ...counts })),
  files: z.array(file),
  rules: z.array(rule),
  completeness: z.array(completeness),
  codes: z.array(code),
  duplicates: z.array(duplicates),
  freshness: z.array(freshness),
  months: z.array(month),
  changes: z.array(change),
  findings: z.array(finding),
});

/** As it is read: nothing of it is changed once it is made. */
type Fixed<T> =
  T extends ReadonlyArray<infer Item>
    ? readonly Fixed<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Fixed<T[Key]> }
      : T;

/**
 * `data-quality.json` of a run, as the schema above reads it: every row count is one of persons' rows, so it stays with
 * the restricted files.
 */
export type DataQuality = Fixed<z.infer<typeof DataQuality>>;
/** One file as it was read for one table: received = accepted + rejected; `warned` rows are accepted. */
export type QualityFile = DataQuality["files"][number];
/**
 * Rows of one file that one rule rejected or warned of, with the first of them and what to do about it in three
 * languages.
 */
export type QualityRule = DataQuality["rules"][number];
/** How many accepted rows have a value in a column, `filled` of `rows`; an empty region or branch sums over all. */
export type Completeness = DataQuality["completeness"][number];
/** How often a code came, under the texts the sender has for it; a text that no code is known for has `ours` null. */
export type CodeFrequency = DataQuality["codes"][number];
/**
 * Rows that came twice in a table (`rows`, of no known persons), or mentees with several rows in a branch, in several
 * branches or regions.
 */
export type Duplicates = DataQuality["duplicates"][number];
/** Where the records of a table end, by year and place; days are ISO, an empty region or branch sums over all. */
export type Freshness = DataQuality["freshness"][number];
/**
 * Records that begin in one of the last 24 whole months before extraction; a gap has less than half of what is usual.
 */
export type MonthCount = DataQuality["months"][number];
/** A figure beside the same of the edition before; `column` and `code` are empty where they don't apply. */
export type QualityChange = DataQuality["changes"][number];
/** A remark: the code of its message and the values that go into it. Its sentence is made in the report's language. */
export type QualityFinding = DataQuality["findings"][number];
