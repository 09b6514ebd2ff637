import { UserError } from "../../user-error.ts";

/** How far a compressed file may grow while it is read. */
export interface InflateLimits {
  /** Decompressed bytes in all. */
  readonly bytes: number;
  /** Decompressed bytes a compressed one, beyond the first 16 MiB. */
  readonly ratio: number;
}

export const INFLATE_LIMITS: InflateLimits = { bytes: 16 * 2 ** 30, ratio: 200 };

const FREE = 1 << 24;

/**
 * Refuses a packed file by the sizes its directory states, before anything is unpacked.
 * @throws UserError when it would pass a limit
 */
export function refuseBomb(
  name: string,
  stated: { readonly bytes: number; readonly packed: number },
  limits: InflateLimits = INFLATE_LIMITS,
): void {
  inflateMeter(name, limits, stated.packed).makes(stated.bytes);
}

/** Counts what goes in and comes out, and throws a UserError as soon as a limit is passed. */
export function inflateMeter(name: string, limits: InflateLimits = INFLATE_LIMITS, packed = 0) {
  let given = packed;
  let made = 0;
  return {
    takes(bytes: number): void {
      given += bytes;
    },
    makes(bytes: number): void {
      made += bytes;
      if (made > limits.bytes || (made > FREE && made > limits.ratio * Math.max(1, given)))
        throw new UserError(
          `${name} grows to more than it can honestly hold while it is unpacked (${made} bytes out of ${given}); send it unpacked`,
        );
    },
  };
}
