import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { relative } from "node:path";
import { UserError } from "../user-error.ts";
import { sha256 } from "./hash.ts";
import { parsedJson } from "./parsed-json.ts";

/** Stands beside `manifest.json`, signed or not. */
export const SIGNATURE_FILE = "manifest.sig";

/** Files that no manifest can list: itself, and what signs it. */
export const UNLISTED: ReadonlySet<string> = new Set([
  "manifest.json",
  SIGNATURE_FILE,
  `replication/${SIGNATURE_FILE}`,
]);

const UNSIGNED = "unsigned: no key was given in DUO_IMPACT_SIGNING_KEY";

/** What a signature file says; `algorithm` is null where nobody signed. */
interface Signature {
  readonly signs: "manifest.json";
  readonly sha256: string;
  readonly algorithm: "Ed25519" | null;
  readonly note?: string;
  /** sha256 of the public key (SubjectPublicKeyInfo, DER). */
  readonly fingerprint?: string;
  /** PEM. */
  readonly publicKey?: string;
  /** Base64, of the manifest's bytes (RFC 8032: the same key and bytes give the same signature). */
  readonly signature?: string;
}

/** The text of the signature file of a manifest; without a key it says that nobody signed. */
export function signatureJson(manifest: string, key?: KeyObject): string {
  const signs = { signs: "manifest.json", sha256: sha256(manifest) } as const;
  if (key === undefined) return textOf({ ...signs, algorithm: null, note: UNSIGNED });
  const publicKey = createPublicKey(key);
  return textOf({
    ...signs,
    algorithm: "Ed25519",
    fingerprint: fingerprintOf(publicKey),
    publicKey: pemOf(publicKey),
    signature: sign(null, Buffer.from(manifest), key).toString("base64"),
  });
}

/** `sha256:` and 64 hexadecimal digits of a public key. */
export const fingerprintOf = (key: KeyObject): string =>
  `sha256:${createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex")}`;

/**
 * What is wrong with a signature file, null where it is in order: it must be what `signatureJson` would write, so that no
 * changed sign passes.
 */
export function signatureProblem(text: string, manifest: string): string | null {
  const signature = parsed(text);
  if (signature === null) return "is no signature file";
  if (signature.sha256 !== sha256(manifest)) return "belongs to another manifest.json: one of the two was changed";
  if (signature.algorithm === null)
    return text === signatureJson(manifest) ? null : "says that nobody signed, and more that doesn't belong there";
  const key = publicKeyOf(signature.publicKey ?? "");
  if (key === null) return "holds no Ed25519 public key";
  const bytes = Buffer.from(signature.signature ?? "", "base64");
  if (!verify(null, Buffer.from(manifest), key, bytes)) return "the signature is not of this manifest.json";
  const { signs, sha256: hash } = signature;
  const expected = textOf({
    ...{ signs, sha256: hash, algorithm: "Ed25519" },
    ...{ fingerprint: fingerprintOf(key), publicKey: pemOf(key), signature: bytes.toString("base64") },
  });
  return text === expected ? null : "was changed";
}

/** What a signature file says, null where it is none. */
export function parsed(text: string): Signature | null {
  const value = parsedJson(text);
  return typeof value === "object" && value !== null && "sha256" in value ? (value as Signature) : null;
}

/** The Ed25519 public key in a PEM, null where there is none. */
export function publicKeyOf(pem: string): KeyObject | null {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === "ed25519" ? key : null;
  } catch {
    return null;
  }
}

/**
 * The key that signs: the text of a PEM, or the path of a file outside the project that holds it.
 * @throws UserError for a file that isn't there or lies inside the project, and for what is no Ed25519 private key
 */
export function signingKey(given: string | undefined, projectFolder: string): KeyObject | undefined {
  if (given === undefined || given.trim() === "") return undefined;
  const isText = given.includes("-----BEGIN");
  const pem = isText ? given.replaceAll("\\n", "\n") : keyFile(given.trim(), projectFolder);
  const place = isText ? "DUO_IMPACT_SIGNING_KEY" : given.trim();
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw new UserError(`${place} holds no private key; make a pair with: duo-impact keys FOLDER`, { cause });
  }
  if (key.asymmetricKeyType === "ed25519") return key;
  throw new UserError(
    `${place} holds a key of kind ${key.asymmetricKeyType}, expected Ed25519: duo-impact keys FOLDER`,
  );
}

function keyFile(path: string, projectFolder: string): string {
  if (!existsSync(path))
    throw new UserError("DUO_IMPACT_SIGNING_KEY is neither a PEM nor the path of a file; see: duo-impact keys --help");
  const inside = relative(realpathSync(projectFolder), realpathSync(path));
  if (!inside.startsWith(".."))
    throw new UserError(`${path} lies inside the project: keep the signing key elsewhere, or it travels with the data`);
  return readFileSync(path, "utf8");
}

const pemOf = (key: KeyObject): string => key.export({ type: "spki", format: "pem" }).toString();

const textOf = (signature: Signature): string => `${JSON.stringify(signature, null, 2)}\n`;
