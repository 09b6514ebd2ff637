import { dirname, join } from "node:path";
import { type FileFingerprint, fingerprint, queryFingerprints } from "./cache/fingerprint.ts";
import { counted } from "./counted.ts";
import { checkDeclared } from "./disclose/earlier/declared-groups.ts";
import { acceptPatterns } from "./exchange/accept.ts";
import { commonOf, commonTables, handedOn } from "./exchange/common.ts";
import { type Pack, type PackFacts, readPack } from "./exchange/pack.ts";
import { cohortSettings } from "./impact/cohort-settings.ts";
import { findFiles } from "./ingest/files/project-files.ts";
import { sourcePaths } from "./ingest/files/source-paths.ts";
import { type KeyOrigin, pseudonymKey } from "./ingest/identity/pseudonym.ts";
import { loadSourceMapping } from "./ingest/mapping/mapping.ts";
import { type ContractFile, loadContract } from "./protocol/contract.ts";
import type { Project } from "./protocol/project.ts";
import type { Pipeline } from "./protocol/protocol.ts";
import { protocolHash, protocolOf, protocolStanding } from "./protocol/record.ts";
import { allSynthetic, checkSynthetic, registerOf, sourceOptions, upTo } from "./protocol/scope.ts";
import { type EarlierEditions, earlierFolder, readEarlierEditions } from "./publish/earlier-editions.ts";
import { canonicalJson, sha256 } from "./publish/hash.ts";
import { signingKey } from "./publish/signature.ts";
import type { Run } from "./run.ts";
import { UserError } from "./user-error.ts";

/** What the command line and the environment say beside a pipeline's file; none of it is part of the protocol. */
export interface PipelineOptions {
  /** Folder that holds one folder a pipeline. */
  readonly out: string;
  /** Last cohort year to report; the settings' last by default. */
  readonly year?: number;
  /** Render reports in this language only. */
  readonly language?: "en" | "fr" | "nl";
  /** Key of the pseudonyms; without one, synthetic sources only. */
  readonly key?: KeyOrigin;
  /** The key that signs editions: a PEM, or the path of a file outside the project; unsigned without one. */
  readonly signing?: string;
  /** Only patterns leave: no pseudonym is made, nothing is published, nothing is held against earlier editions. */
  readonly isHandingOver?: boolean;
  /** The register is one of several: the first of three rounds, of which each is added up before the next. */
  readonly isOneOfSeveral?: boolean;
  /** Folder of the sums of the round before. */
  readonly sums?: string;
  /** False leaves hidden values open to subtraction: no command offers it, tests of the audit do. */
  readonly isSecondaryOn?: boolean;
}

/**
 * What a run knows before it reads a row: settings that agree with each other, keys, earlier editions, folder and year.
 */
export type Settled = Awaited<ReturnType<typeof settle>>;

/** All that is known before a row is read; settings that contradict each other are refused here. */
export async function settle(project: Project, options: PipelineOptions, run: Run) {
  const pipeline = upTo(project.pipeline, options.year);
  const { evaluation } = pipeline;
  const sources = pipeline.sources.map((name) => loadSourceMapping(project.sourcesFolder, name));
  const reading = sourceOptions(project);
  const key = pseudonymKey(
    options.key ?? {},
    project.folder,
    options.isHandingOver === true || allSynthetic(sources, reading.questionnaires),
  );
  const out = join(options.out, pipeline.pipeline);
  const year = Math.max(...evaluation.cohorts.years);
  const contract = loadContract(dirname(project.sourcesFolder), evaluation);
  // the promise covers every year of the settings, whichever are reported
  const promised = protocolOf(project.pipeline, contract);
  const files: FileFingerprint[] = [];
  if (run.cache !== undefined)
    for (const path of sourcePaths(project.folder, sources, reading.questionnaires))
      files.push(await fingerprint(path, join(project.folder, path)));
  const protocol = protocolOf(pipeline, contract);
  const patterns = acceptedPatterns(project, pipeline, contract, run.version);
  const sums = acceptedSums(options.sums, {
    pipeline: pipeline.pipeline,
    ...expectedOf(pipeline, contract, run.version),
  });
  const register = patterns?.manifest.register ?? registerOf(pipeline, sources);
  checkSynthetic(project, sources, reading.questionnaires, patterns?.manifest.synthetic);
  return {
    pipeline,
    options,
    sources,
    key,
    reading,
    files,
    out,
    patterns,
    sums,
    round: roundOf(sums, options),
    common: commonOf(patterns === undefined ? (sums === undefined ? [] : handedOn(sums)) : commonTables(patterns)),
    year,
    register,
    contract,
    protocol,
    protocolHash: protocolHash(protocol),
    promised,
    standing: protocolStanding(promised, project.file, out),
    cohort: cohortSettings(evaluation, pipeline.region, register),
    earlier: options.isHandingOver ? readEarlierEditions(out, []) : earlierOf(pipeline, out, year),
    signing: signingKey(options.signing, project.folder),
    verification: {
      ...project.verify,
      earlier: pipeline.disclosure.earlierEditions.map((name) => earlierFolder(out, name)),
    },
    qualityRun: {
      ...{ pipeline, version: run.version, protocolHash: protocolHash(protocol), out },
      language: options.language,
    },
  };
}

/** What declared earlier editions showed, and whether they tell of the groups that are said to have become others. */
function earlierOf({ disclosure }: Pipeline, out: string, year: number): EarlierEditions {
  const earlier = readEarlierEditions(out, disclosure.earlierEditions, year);
  checkDeclared(disclosure.regrouped, earlier.places);
  return earlier;
}

/** One hash over the queries that make cohorts and patterns. */
export const cohortQueries = (): string => sha256(canonicalJson(queryFingerprints(["risk", "patterns"])));

/**
 * The patterns that stand in for the register; undefined where the register itself is among the sources.
 * @throws UserError where they can't: another protocol, another version, a changed file, a register beside them
 */
export function acceptedPatterns(
  project: Project,
  pipeline: Pipeline,
  contract: ContractFile | undefined,
  version: string,
): Pack | undefined {
  const { patterns, evaluation } = pipeline;
  if (patterns === undefined) return undefined;
  const where = `${pipeline.pipeline}.yaml: patterns`;
  if (pipeline.sources.includes(evaluation.register.source))
    throw new UserError([
      `${where}: they stand in for the register, and '${evaluation.register.source}' is among the sources too; keep one of them`,
    ]);
  const { problems } = findFiles(project.folder, `${patterns}/manifest.json`);
  if (problems.length > 0) throw new UserError(problems.map((problem) => `${where}: ${problem}`));
  const pack = readPack(join(project.folder, patterns), patterns);
  acceptPatterns(pack, { pipeline: pipeline.pipeline, ...expectedOf(pipeline, contract, version) });
  const { round, services } = pack.manifest;
  if (round !== "alone" && (round !== "outcomes" || services < 2))
    throw new UserError([
      `${where}: ${patterns} holds the ${round} of ${services === 1 ? "one of several services" : `${services} services`}; take the sums of the last round: days, patterns, outcomes, each added up by \`duo-impact add-patterns\``,
    ]);
  return pack;
}

function expectedOf(pipeline: Pipeline, contract: ContractFile | undefined, version: string) {
  const protocol = protocolOf(pipeline, contract);
  return { protocol, protocolHash: protocolHash(protocol), version, queries: cohortQueries() };
}

/** The sums of the round before, checked. @throws UserError where nothing comes after them */
function acceptedSums(folder: string | undefined, expected: Parameters<typeof acceptPatterns>[1]): Pack | undefined {
  if (folder === undefined) return undefined;
  const sums = readPack(folder);
  acceptPatterns(sums, expected);
  const { round, services } = sums.manifest;
  if (services < 2 || round === "alone" || round === "outcomes")
    throw new UserError([
      `--with: ${folder} holds the ${round} of ${counted(services, "service")}; it takes the sums of days or of patterns, made by \`duo-impact add-patterns\``,
    ]);
  return sums;
}

function roundOf(sums: Pack | undefined, { isOneOfSeveral }: PipelineOptions): PackFacts["round"] {
  if (sums === undefined) return isOneOfSeveral ? "days" : "alone";
  return sums.manifest.round === "days" ? "patterns" : "outcomes";
}
