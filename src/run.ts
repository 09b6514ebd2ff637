import type { TableSource, TableTarget } from "./engine/engine.ts";
import { canonicalJson, sha256 } from "./publish/hash.ts";

/** Where progress goes: one call a finished step. */
export interface Progress {
  started(step: string): void;
  /** Some of a long step's parts are done. */
  advanced?(step: string, done: number, all: number): void;
  finished(step: string, facts: { readonly seconds: number; readonly rows?: number; readonly note?: string }): void;
  failed(step: string): void;
}

/** What a run works with; every effect comes in through it. */
export interface Run {
  readonly engine: TableSource;
  /** Computes risk sets, outcomes and patterns in the place of `engine`. */
  readonly database?: TableTarget;
  readonly progress: Progress;
  /** Seconds since some fixed moment: for progress only, never for results. */
  readonly seconds: () => number;
  readonly version: string;
}

/** The run with its steps' notes kept, so that they can be searched as everything else that leaves. */
export function keepingNotes(run: Run): { readonly run: Run; readonly notes: readonly string[] } {
  const notes: string[] = [];
  const { progress } = run;
  const finished: Progress["finished"] = (name, facts) => {
    notes.push([name, facts.note ?? ""].join(": "));
    progress.finished(name, facts);
  };
  return {
    run: {
      ...run,
      progress: { ...progress, finished },
    },
    notes,
  };
}

/** A step's value with the key of all it was made from: equal keys, equal values. */
export interface Handle<T> {
  readonly key: string;
  readonly value: T;
}

export interface StepInputs {
  readonly reads?: ReadonlyArray<{ readonly key: string }>;
  readonly settings?: unknown;
}

export interface StepResult<T> {
  readonly value: T;
  readonly rows?: number;
  readonly note?: string;
}

/** Runs one named step and reports it; its key covers the name, the version, the settings and the keys it reads. */
export async function step<T>(
  run: Run,
  name: string,
  inputs: StepInputs,
  fn: () => Promise<StepResult<T>>,
): Promise<Handle<T>> {
  const reads = (inputs.reads ?? []).map((handle) => handle.key);
  const key = sha256(canonicalJson({ name, version: run.version, settings: inputs.settings ?? null, reads }));
  const begin = run.seconds();
  run.progress.started(name);
  try {
    const { value, rows, note } = await fn();
    run.progress.finished(name, {
      seconds: run.seconds() - begin,
      ...(rows === undefined ? {} : { rows }),
      ...(note === undefined ? {} : { note }),
    });
    return { key, value };
  } catch (error) {
    run.progress.failed(name);
    throw error;
  }
}
