import type { Progress } from "./run.ts";

export interface ProgressOutput {
  write(text: string): void;
  readonly isTerminal: boolean;
}

/** A line a step with rows and time for people; JSON lines where the output is not a terminal and `json` is set. */
export function progressLines(output: ProgressOutput): Progress {
  return {
    started(step) {
      if (output.isTerminal) output.write(`  … ${step}`);
    },
    advanced(step, done, all) {
      if (output.isTerminal) output.write(`\r\u001b[2K  … ${step} ${done} of ${all}`);
    },
    finished(step, { seconds, rows, note }) {
      const clear = output.isTerminal ? "\r\u001b[2K" : "";
      const counted = rows === undefined ? "" : `${rows.toLocaleString("en-GB")} rows`;
      const time = `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
      output.write(
        `${clear}  ✓ ${step.padEnd(34)} ${counted.padStart(16)} ${time.padStart(9)}${note === undefined ? "" : `   ${note}`}\n`,
      );
    },
    failed(step) {
      output.write(`${output.isTerminal ? "\r\u001b[2K" : ""}  ✗ ${step}\n`);
    },
  };
}

/** One JSON object a line, for schedulers and logs. */
export function progressJson(output: ProgressOutput): Progress {
  const line = (event: object): void => output.write(`${JSON.stringify(event)}\n`);
  return {
    started() {},
    finished: (step, facts) => line({ level: "info", step, ...facts, seconds: Number(facts.seconds.toFixed(3)) }),
    failed: (step) => line({ level: "error", step }),
  };
}
