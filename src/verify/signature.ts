import { fingerprintOf, parsed, publicKeyOf, SIGNATURE_FILE, signatureProblem } from "../publish/signature.ts";
import type { Check, Unequal, VerifyOptions } from "./check.ts";
import type { Pack } from "./pack.ts";

/** The manifest is that which was signed, by the key that its reader knows where one is given. */
export const signatureCheck: Check = {
  name: "signature",
  title: "manifest.sig belongs to the manifest",
  applies: () => true,
  run: (pack, options) => {
    const places = ["", ...(pack.kind === "edition" ? ["replication/"] : [])];
    const unequal = places.flatMap((place) => problemsAt(pack, place, options));
    const signer = parsed(textIn(pack, SIGNATURE_FILE))?.fingerprint;
    return { compared: places.length, unequal, note: noteOf(signer, options) };
  },
};

const textIn = ({ files }: Pack, file: string): string => files.get(file)?.toString("utf8") ?? "";

function problemsAt(pack: Pack, place: string, { key }: VerifyOptions): readonly Unequal[] {
  const file = `${place}${SIGNATURE_FILE}`;
  if (!pack.files.has(file)) return [{ file, what: "is missing" }];
  const problem = signatureProblem(textIn(pack, file), textIn(pack, `${place}manifest.json`));
  if (problem !== null) return [{ file, what: problem }];
  if (key === undefined) return [];
  const wanted = wantedFingerprint(key);
  const signer = parsed(textIn(pack, file))?.fingerprint;
  if (signer === undefined) return [{ file, what: `nobody signed; expected the signature of ${wanted}` }];
  return signer === wanted ? [] : [{ file, what: `signed by ${signer}, expected ${wanted}` }];
}

/** A PEM's fingerprint, or the fingerprint itself. */
function wantedFingerprint(key: string): string {
  const given = publicKeyOf(key);
  return given === null ? key.trim() : fingerprintOf(given);
}

function noteOf(signer: string | undefined, { key }: VerifyOptions): string {
  if (signer === undefined) return "unsigned: hashes show damage, not who published";
  return key === undefined
    ? `signed by ${signer}; give --key to compare it with the one you know`
    : `signed by ${signer}`;
}
