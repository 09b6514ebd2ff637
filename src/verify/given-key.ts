import { existsSync, readFileSync } from "node:fs";
import { publicKeyOf } from "../publish/signature.ts";
import { UserError } from "../user-error.ts";

/**
 * The key that `--key` names: a fingerprint as it is, or the PEM of a file.
 * @throws UserError where it is neither
 */
export function givenKey(given: string): string {
  if (/^sha256:[0-9a-f]{64}$/.test(given)) return given;
  if (!existsSync(given)) throw new UserError(`--key: '${given}' is neither a file nor a fingerprint (sha256:...)`);
  const pem = readFileSync(given, "utf8");
  if (publicKeyOf(pem) === null) throw new UserError(`--key: ${given} holds no Ed25519 public key (PEM)`);
  return pem;
}
