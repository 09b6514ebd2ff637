import { sha256 } from "../publish/hash.ts";
import { UNLISTED } from "../publish/signature.ts";
import type { Check, Unequal } from "./check.ts";
import type { Pack } from "./pack.ts";

/** Every file that the manifest lists is there with its hash, and nothing else is. */
export const filesCheck: Check = {
  name: "files",
  title: "every file is there with its hash, and no other",
  applies: () => true,
  run: (pack) => ({ compared: pack.manifest.outputs.length, unequal: [...listed(pack), ...unlisted(pack)] }),
};

function listed({ manifest, files }: Pack): readonly Unequal[] {
  return manifest.outputs.flatMap(({ file, sha256: hash, bytes }) => {
    const content = files.get(file);
    if (content === undefined) return [{ file, what: "is missing" }];
    const found = sha256(content);
    if (found !== hash) return [{ file, what: `was changed: sha256 ${found}, in the manifest ${hash}` }];
    return content.byteLength === bytes
      ? []
      : [{ file, what: `has ${content.byteLength} bytes, in the manifest ${bytes}` }];
  });
}

function unlisted({ manifest, files, strange }: Pack): readonly Unequal[] {
  const known = new Set(manifest.outputs.map(({ file }) => file));
  return [...files.keys(), ...strange]
    .filter((file) => !known.has(file) && (!UNLISTED.has(file) || strange.includes(file)))
    .map((file) => ({ file, what: "is not in the manifest" }));
}
