import type { Progress, StepFacts } from "../run.ts";

/** Where words to whoever waits go, stderr as a rule: a list that is drawn anew on a terminal, lines elsewhere. */
export interface ProgressOutput {
  write(text: string): void;
  readonly isTerminal: boolean;
}

/** Where progress is shown, and how it is ended. */
export interface OpenProgress {
  readonly progress: Progress;
  /** A word to whoever waits, beside the steps. */
  say(text: string): void;
  close(): Promise<void>;
}

const closed = async (): Promise<void> => undefined;

/** A line a step with rows and time, for people whose output is no terminal (`npm start` in a pipe). */
export function progressLines(output: ProgressOutput): OpenProgress {
  return {
    progress: {
      started() {},
      finished: (step, facts) => output.write(`  ${facts.isUnchanged ? "=" : "✓"} ${stepLine(step, facts)}\n`),
      failed: (step) => output.write(`  ✗ ${step}\n`),
      warned: (step, what) => output.write(`  ! ${step}: ${what}\n`),
    },
    say: (text) => output.write(`${text}\n`),
    close: closed,
  };
}

/** A step with its rows, its time and its note, in columns. */
export function stepLine(step: string, { seconds, rows, note, isUnchanged }: StepFacts): string {
  const counted = rows === undefined ? "" : `${rows.toLocaleString("en-GB")} rows`;
  const time = isUnchanged ? "unchanged" : `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  return `${step.padEnd(28)} ${counted.padStart(14)} ${time.padStart(9)}${note === undefined ? "" : `   ${note}`}`;
}

/** One JSON object a line, for schedulers and logs. */
export function progressJson(output: ProgressOutput): OpenProgress {
  const line = (event: object): void => output.write(jsonLine(event));
  return {
    progress: {
      started() {},
      finished: (step, facts) => line({ level: "info", step, ...facts, seconds: Number(facts.seconds.toFixed(3)) }),
      failed: (step) => line({ level: "error", step }),
      warned: (step, what) => line({ level: "warn", step, message: what }),
    },
    say: (message) => line({ level: "warn", message }),
    close: closed,
  };
}

/** One line of a log. */
export const jsonLine = (event: object): string => `${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`;

/** Nothing: what went wrong is told by the command. */
export const progressQuiet = (): OpenProgress => ({
  progress: { started() {}, finished() {}, failed() {} },
  say() {},
  close: closed,
});
