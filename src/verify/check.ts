import type { Pack } from "./pack.ts";

/** Something that isn't as it should be, with its place. */
export interface Unequal {
  readonly file: string;
  /** Line of the file, where it has lines. */
  readonly line?: number;
  /** What stands there and what should. */
  readonly what: string;
}

/** The place and what is unequal there, for people. */
export const unequalText = ({ file, line, what }: Unequal): string =>
  `${file}${line === undefined ? "" : ` line ${line}`}: ${what}`;

/** What a check found. */
export interface Outcome {
  /** Numbers, files or signatures that were compared. */
  readonly compared: number;
  readonly unequal: readonly Unequal[];
  /** What its reader must know of an outcome that is in order: that nothing is signed, by whom something is. */
  readonly note?: string;
}

/** What an edition is held against beside itself: without a key, who signed is told and not judged. */
export interface VerifyOptions {
  /** The public key (PEM) or its fingerprint that must have signed. */
  readonly key?: string;
  /** The published edition that an evaluator's pack is held against. */
  readonly edition?: Pack;
}

/** One thing that is verified: an entry of `CHECKS`, which everything reads. */
export interface Check {
  readonly name: string;
  /** What is compared, for people: `every file is there with its hash`. */
  readonly title: string;
  /** Whether the pack has what it takes. */
  readonly applies: (pack: Pack) => boolean;
  readonly run: (pack: Pack, options: VerifyOptions) => Outcome | Promise<Outcome>;
}
