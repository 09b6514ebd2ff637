import { protocolChanges, type SettingChange } from "../protocol/changes.ts";
import type { Manifest } from "../publish/manifest.ts";

/** An input file that isn't what it was; null where an edition did not read it. */
interface InputChange {
  readonly source: string;
  readonly table: string;
  readonly before: { readonly file: string; readonly sha256: string; readonly accepted: number } | null;
  readonly after: { readonly file: string; readonly sha256: string; readonly accepted: number } | null;
}

/** Why two editions may differ: all that went into them and isn't the same. */
export interface Reasons {
  readonly data: readonly InputChange[];
  readonly protocol: readonly SettingChange[];
  readonly version: { readonly before: string; readonly after: string } | null;
}

type Made = Pick<Manifest, "inputs" | "protocol" | "version">;

/** What differs of what two editions were made from. */
export function reasonsFor(before: Made, after: Made): Reasons {
  return {
    data: inputChanges(before.inputs, after.inputs),
    protocol: protocolChanges(before.protocol, after.protocol),
    version: before.version === after.version ? null : { before: before.version, after: after.version },
  };
}

/** Files are the same by name and hash: one that was renamed is one that went and one that came. */
function inputChanges(before: Made["inputs"], after: Made["inputs"]): readonly InputChange[] {
  const byPlace = (inputs: Made["inputs"]) =>
    new Map(inputs.map((input) => [[input.source, input.table, input.file].join("\u0000"), input]));
  const [old, now] = [byPlace(before), byPlace(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((place): readonly InputChange[] => {
    const [was, is] = [old.get(place) ?? null, now.get(place) ?? null];
    const input = is ?? was;
    if (input === null || was?.sha256 === is?.sha256) return [];
    return [{ source: input.source, table: input.table, before: told(was), after: told(is) }];
  });
}

const told = (input: Made["inputs"][number] | null): InputChange["before"] =>
  input === null ? null : { file: input.file, sha256: input.sha256, accepted: input.accepted };
