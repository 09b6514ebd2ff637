import { protocolChanges } from "../protocol/changes.ts";
import { UserError } from "../user-error.ts";
import type { Pack } from "./pack.ts";

/** What patterns must agree with to stand in for a register. */
interface Expected {
  readonly pipeline: string;
  readonly protocol: unknown;
  readonly protocolHash: string;
  readonly version: string;
  readonly queries: string;
}

/** @throws UserError where patterns were made under another protocol, setting by setting, or by other queries */
export function acceptPatterns(pack: Pack, expected: Expected): void {
  const problems = [...protocolProblems(pack, expected), ...versionProblems(pack, expected)];
  if (problems.length > 0) throw new UserError(problems);
}

function protocolProblems({ folder, manifest, protocol }: Pack, expected: Expected): readonly string[] {
  if (manifest.protocolHash === expected.protocolHash) return [];
  const plain: unknown = JSON.parse(JSON.stringify(expected.protocol));
  const settings = protocolChanges(protocol, plain).map(
    ({ setting, before, after }) => `${setting} is ${told(before)} there and ${told(after)} here`,
  );
  return [
    `${folder}: made under protocol ${short(manifest.protocolHash)}, and ${expected.pipeline} has ${short(expected.protocolHash)}${settings.length === 0 ? "" : `: ${settings.join("; ")}`}; have the patterns made again from this pipeline's file`,
  ];
}

function versionProblems({ folder, manifest }: Pack, { queries, version }: Expected): readonly string[] {
  if (manifest.queries === queries) return [];
  return [
    `${folder}: made by duo-impact ${manifest.version} with other queries than those of this ${version}; have it made again with this version`,
  ];
}

const told = (value: string): string => (value === "" ? "not set" : `'${value}'`);
const short = (hash: string): string => hash.slice(0, 12);
