import { roundingBase } from "../disclose/primary.ts";
import { canonicalJson, sha256 } from "../publish/hash.ts";
import type { Check, Unequal } from "./check.ts";
import { jsonIn, type Pack } from "./pack.ts";

/** The protocol is the one whose hash every output states. */
export const protocolCheck: Check = {
  name: "protocol",
  title: "the protocol has the hash that the outputs state",
  applies: (pack) => fileOf(pack) !== undefined,
  run: (pack) => {
    const file = fileOf(pack) ?? "";
    const stated = jsonIn(pack, file);
    const { hash, protocol } = isProtocol(stated) ? stated : { hash: undefined, protocol: undefined };
    const found = sha256(canonicalJson(protocol ?? null));
    const own = pack.manifest.protocol;
    const told: readonly (readonly [string, unknown])[] = [
      [file, hash],
      ["manifest.json", pack.manifest.protocolHash],
      ...(own === undefined ? [] : [["manifest.json", sha256(canonicalJson(own))] as const]),
    ];
    const unequal = told.flatMap(([where, value]): readonly Unequal[] =>
      value === found ? [] : [{ file: where, what: `states the protocol hash ${value}, that of ${file} is ${found}` }],
    );
    return { compared: told.length, unequal };
  },
};

/** The settings as resolved, with the contract where there is one; not yet believed. */
export function protocolIn(pack: Pack): unknown {
  const stated = jsonIn(pack, fileOf(pack) ?? "");
  return isProtocol(stated) ? stated.protocol : undefined;
}

/** What the protocol has counts rounded to multiples of; null where they are told as they are. */
export function roundingIn(pack: Pack): number | null {
  const { disclosure } = (protocolIn(pack) ?? {}) as { readonly disclosure?: Parameters<typeof roundingBase>[0] };
  return roundingBase(disclosure ?? {});
}

const fileOf = ({ files }: Pack): string | undefined =>
  ["replication/protocol.json", "protocol.json"].find((file) => files.has(file));

const isProtocol = (value: unknown): value is { readonly hash: unknown; readonly protocol: unknown } =>
  typeof value === "object" && value !== null && "hash" in value && "protocol" in value;
