/**
 * Something that the person at the keyboard can put right: data, settings or paths, never a bug.
 * `problems` holds every problem found, one a line, each naming the place and the remedy, e.g.
 * "placements.csv row 17, `start_date`: '31/02/2016' is not a date (expected DD/MM/YYYY)". A line that begins with a blank
 * says more of the problem before it.
 * Commands print the problems without a stack and exit with 1.
 */
export class UserError extends Error {
  readonly problems: readonly string[];

  constructor(problems: string | readonly string[], options?: ErrorOptions) {
    const list = typeof problems === "string" ? [problems] : [...problems];
    super(list.join("\n"), options);
    this.name = "UserError";
    this.problems = list;
  }
}

/** Whether a line of `problems` says more of the one before it: an example, a file to open. */
export const isDetail = (line: string): boolean => line.startsWith(" ");

/** The run was stopped from outside: by a run that took its lock, or as `Stopped`. */
export class Interrupted extends UserError {}

/** The run was asked to stop, by the person at the keyboard (Ctrl-C) or the machine going down (SIGTERM). */
export class Stopped extends Interrupted {}

/** The machine couldn't do what the run needs: no space, no right to write, no memory. Data and settings are in order. */
export class MachineFailed extends UserError {}
