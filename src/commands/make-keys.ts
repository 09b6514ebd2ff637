import { generateKeyPairSync } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeFolder } from "../publish/make-folder.ts";
import { fingerprintOf } from "../publish/signature.ts";
import { UserError } from "../user-error.ts";

/**
 * Makes `signing.pem`, for its owner's eyes only, and `signing.pub.pem`.
 * @throws UserError where one of them is there already: editions signed with it could no longer be signed again
 */
export function makeKeys(folder: string): {
  readonly privateFile: string;
  readonly publicFile: string;
  readonly fingerprint: string;
} {
  const [privateFile, publicFile] = [join(resolve(folder), "signing.pem"), join(resolve(folder), "signing.pub.pem")];
  const standing = [privateFile, publicFile].filter((file) => existsSync(file));
  if (standing.length > 0)
    throw new UserError(standing.map((file) => `${file} is there already: choose another folder`));
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  makeFolder(folder, 0o700);
  writeFileSync(privateFile, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
  writeFileSync(publicFile, publicKey.export({ type: "spki", format: "pem" }), { flag: "wx" });
  return { privateFile, publicFile, fingerprint: fingerprintOf(publicKey) };
}
