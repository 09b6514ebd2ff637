import { isDetail, Stopped, UserError } from "../user-error.ts";
import { sourceStack } from "./source-stack.ts";

/** As shells have it after Ctrl-C: a run that was asked to stop, which nothing was wrong with. */
export const STOPPED = 130;

/** 1 for what the user can put right, 2 for a bug, 130 for a run that was asked to stop. */
export type Failed = 1 | 2 | typeof STOPPED;

/** The exit code of an error: 1 for what the user can put right, 2 for a bug, 130 for a run that was asked to stop. */
export function failedWith(error: unknown): Failed {
  if (error instanceof Stopped) return STOPPED;
  return error instanceof UserError ? 1 : 2;
}

/** Says what went wrong and gives the exit code. */
export function exitCodeOf(error: unknown, write: (text: string) => void): Failed {
  if (error instanceof UserError) {
    const { problems } = error;
    const count = problems.filter((line) => !isDetail(line)).length;
    const refused = count > 1 ? `Refused, ${count} problems:\n` : "Refused: ";
    const heading = error instanceof Stopped ? "" : refused;
    const listed = (line: string): string => `${isDetail(line) ? "  " : "  - "}${line}`;
    write(`${heading}${(count > 1 ? problems.map(listed) : problems).join("\n")}\n`);
    return failedWith(error);
  }
  write(
    `This is a bug in duo-impact, not in your data:\n${error instanceof Error ? sourceStack(error.stack ?? error.message) : String(error)}\n`,
  );
  return failedWith(error);
}
