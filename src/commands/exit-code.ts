import { UserError } from "../user-error.ts";
import { sourceStack } from "./source-stack.ts";

/** Says what went wrong and gives the exit code: 1 for what the user can put right, 2 for a bug. */
export function exitCodeOf(error: unknown, write: (text: string) => void): 1 | 2 {
  if (error instanceof UserError) {
    const { problems } = error;
    const heading = problems.length > 1 ? `Refused, ${problems.length} problems:\n` : "Refused: ";
    write(`${heading}${problems.map((problem) => (problems.length > 1 ? `  - ${problem}` : problem)).join("\n")}\n`);
    return 1;
  }
  write(
    `This is a bug in duo-impact, not in your data:\n${error instanceof Error ? sourceStack(error.stack ?? error.message) : String(error)}\n`,
  );
  return 2;
}
