import { canonicalJson } from "../publish/hash.ts";

/** One setting of the protocol that is no longer what it was. */
export interface SettingChange {
  /** Its place in the pipeline's YAML: `evaluation.effect.error`, `evaluation.sensitivity[odds].matching`. */
  readonly setting: string;
  /** As text; empty where it was not set. */
  readonly before: string;
  readonly after: string;
}

/** Settings that say what a result is held against, not how it is computed. */
const NO_PROMISE = ["disclosure.earlierEditions", "disclosure.regrouped"] as const;

/** Every setting that differs, in the order of their names; parts that carry a name are compared by it. */
export function protocolChanges(before: unknown, after: unknown): readonly SettingChange[] {
  return changesAt("", before, after).filter(
    ({ setting }) => !NO_PROMISE.some((name) => setting === name || setting.startsWith(`${name}.`)),
  );
}

function changesAt(place: string, before: unknown, after: unknown): readonly SettingChange[] {
  if (same(before, after)) return [];
  const [old, now] = [partsOf(before), partsOf(after)];
  if (old === undefined || now === undefined) return [{ setting: place, before: told(before), after: told(after) }];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((name) => changesAt(`${place}${name}`.replace(/^\./, ""), old.get(name), now.get(name)));
}

/** What a setting consists of, by `.key` or `[name]`; undefined of a plain value or a list without names. */
function partsOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (Array.isArray(value)) {
    const named = value.map((part) => [nameOf(part), part] as const);
    const isNamed = named.length > 0 && named.every(([name]) => name !== undefined);
    return isNamed ? new Map(named.map(([name, part]) => [`[${name}]`, part])) : undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  return new Map(Object.entries(value).map(([key, part]) => [`.${key}`, part]));
}

const nameOf = (part: unknown): string | undefined =>
  typeof part === "object" && part !== null && "name" in part && typeof part.name === "string" ? part.name : undefined;

const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

function told(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) return value.join(", ");
  return JSON.stringify(value);
}
