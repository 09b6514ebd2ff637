import { createHmac } from "node:crypto";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { relative } from "node:path";
import { UserError } from "../../user-error.ts";

/** Where the key of pseudonyms comes from; the command line reads the environment and hands it over. */
export interface KeyOrigin {
  /** The key itself: 64 hexadecimal digits. */
  readonly text?: string | undefined;
  /** A file outside the project that holds it. */
  readonly file?: string | undefined;
}

/** How to make a key, with OpenSSL or with what runs this program, on any system. */
const MAKE_KEY =
  "make one outside of the project, e.g. openssl rand -hex 32 > ~/duo-impact.key, or anywhere that Node runs: " +
  `node -p "crypto.randomBytes(32).toString('hex')"`;

/** Known to everybody: for invented people only. */
const DEMO_KEY = Buffer.from("duo-impact demo key, synthetic only");

/**
 * The key that pseudonyms are made with.
 * @throws UserError without a key, unless every source is synthetic; with a key file inside the project; with a weak key
 */
export function pseudonymKey(origin: KeyOrigin, projectFolder: string, allSynthetic: boolean): Buffer {
  if (origin.text !== undefined) return keyOf(origin.text, "DUO_IMPACT_KEY");
  if (origin.file !== undefined) return keyOf(keyFile(origin.file, projectFolder), origin.file);
  if (allSynthetic) return DEMO_KEY;
  throw new UserError(
    `pseudonyms need a key: set DUO_IMPACT_KEY to 64 hexadecimal digits, or DUO_IMPACT_KEY_FILE to a file that holds them; ${MAKE_KEY}`,
  );
}

/**
 * The pseudonym of an identifier: 32 hexadecimal digits of HMAC-SHA-256 (RFC 2104) over domain and identifier, so that one
 * person has another pseudonym in each domain (register, mentee, mentor, questionnaire).
 */
export const pseudonym = (key: Buffer, domain: string, identifier: string): string =>
  createHmac("sha256", key).update(`${domain.length}:${domain}:${identifier}`, "utf8").digest("hex").slice(0, 32);

function keyFile(path: string, projectFolder: string): string {
  if (!existsSync(path)) throw new UserError(`${path}: no such key file; ${MAKE_KEY}`);
  const inside = relative(realpathSync(projectFolder), realpathSync(path));
  if (!inside.startsWith(".."))
    throw new UserError(`${path} lies inside the project: keep the key elsewhere, or it travels with the data`);
  return readFileSync(path, "utf8");
}

function keyOf(text: string, place: string): Buffer {
  if (!/^[0-9a-fA-F]{64,}$/.test(text.trim()))
    throw new UserError(`${place} is no key: it takes 64 hexadecimal digits or more; ${MAKE_KEY}`);
  return Buffer.from(text.trim(), "hex");
}
