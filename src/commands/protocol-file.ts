import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SettingChange } from "../protocol/changes.ts";
import { loadContract } from "../protocol/contract.ts";
import { loadProject } from "../protocol/project.ts";
import {
  firstFile,
  frozenFile,
  type Protocol,
  protocolHash,
  protocolOf,
  protocolStanding,
  readRecord,
  writeRecord,
} from "../protocol/record.ts";
import { anyEdition } from "../publish/edition.ts";
import { UserError } from "../user-error.ts";

interface Known {
  readonly name: string;
  readonly protocol: Protocol;
  readonly hash: string;
  /** The pipeline's output folder. */
  readonly folder: string;
}

function known(file: string, out: string): Known {
  const project = loadProject(file);
  const contract = loadContract(dirname(project.sourcesFolder), project.pipeline.evaluation);
  const protocol = protocolOf(project.pipeline, contract);
  const name = project.pipeline.pipeline;
  return { name, protocol, hash: protocolHash(protocol), folder: join(out, name) };
}

/**
 * Freezes a pipeline's protocol and says so.
 * @param today ISO date
 * @throws UserError where results were computed already: a promise comes before them
 */
export function freezeProtocol(file: string, out: string, today: string): string {
  const { name, protocol, hash, folder } = known(file, out);
  const record = frozenFile(file);
  const before = readRecord(record);
  if (before?.hash === hash) return `${name}: protocol ${short(hash)} stands frozen since ${before.frozenOn}\n`;
  refuseAfterResults(name, folder);
  writeRecord(record, { hash, frozenOn: today, protocol: JSON.parse(JSON.stringify(protocol)) });
  const replaced = before === undefined ? "" : `, in the place of ${short(before.hash)} of ${before.frozenOn}`;
  return [
    `${name}: protocol ${short(hash)} frozen on ${today}${replaced}`,
    `${record}: keep it with the pipeline's file; reports will say that it was fixed before results, or what was changed`,
    "",
  ].join("\n");
}

function refuseAfterResults(name: string, folder: string): void {
  const first = readRecord(firstFile(folder));
  const edition = anyEdition(folder);
  if (first === undefined && edition === undefined) return;
  const what = first === undefined ? `edition ${edition} is there` : `protocol ${short(first.hash)}`;
  throw new UserError([
    `${name}: results were already computed (${folder}: ${what}), and a protocol is frozen before them; it may still be changed, and every report then says so with the difference; a new question is a pipeline of its own`,
  ]);
}

/** The protocol's hash and what is known of it. */
export function showProtocol(file: string, out: string): string {
  const { name, protocol, hash, folder } = known(file, out);
  const standing = protocolStanding(protocol, file, folder);
  const first = readRecord(firstFile(folder));
  return [
    `${name}: protocol ${hash}`,
    standing.frozenOn === undefined ? "never frozen" : `frozen on ${standing.frozenOn} (${frozenFile(file)})`,
    existsSync(firstFile(folder))
      ? `results first computed under ${short(first?.hash ?? "")} (${firstFile(folder)})`
      : "no results computed yet",
    ...(standing.change === undefined ? [] : changeLines(standing.change.after, standing.change.settings)),
    "",
  ].join("\n");
}

function changeLines(after: "results" | "frozen", settings: readonly SettingChange[]): readonly string[] {
  const since = after === "results" ? "results were first computed" : "it was frozen";
  const value = (text: string): string => (text === "" ? "(not set)" : text);
  return [
    `changed after ${since}:`,
    ...settings.map(({ setting, before, after: now }) => `  ${setting}: ${value(before)} -> ${value(now)}`),
  ];
}

const short = (hash: string): string => hash.slice(0, 12);
