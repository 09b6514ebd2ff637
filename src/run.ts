import type { SqlEngine, TableSource, TableTarget } from "./engine/engine.ts";
import { once } from "./once.ts";
import { canonicalJson, sha256 } from "./publish/hash.ts";

/** What is told of a step that ended. */
export interface StepFacts {
  readonly seconds: number;
  readonly rows?: number;
  readonly note?: string;
  /** Nothing it was made from has changed: its value is that of an earlier run. */
  readonly isUnchanged?: boolean;
  /** Why it was computed, where values are kept. */
  readonly reason?: string;
}

/** Where progress goes: one call a finished step. */
export interface Progress {
  started(step: string): void;
  /** Some of a long step's parts are done. */
  advanced?(step: string, done: number, all: number): void;
  finished(step: string, facts: StepFacts): void;
  failed(step: string): void;
  /** A word about a step that nothing fails for. */
  warned?(step: string, what: string): void;
}

type Hashes = Readonly<Record<string, string>>;

/** All that a step's value depends on, by name, so that a change can be named. */
export interface StepKey {
  readonly name: string;
  readonly key: string;
  readonly parts: {
    readonly name: string;
    readonly version: string;
    readonly program: string;
    readonly settings: Hashes;
    readonly files: Hashes;
    readonly sql: Hashes;
    readonly reads: Hashes;
  };
}

/** What an earlier run left of a step. */
export interface KeptStep {
  readonly value: unknown;
  readonly rows?: number;
  readonly note?: string;
  /** Puts the step's tables back into the engine; false where it can't. */
  restore(engine: SqlEngine): Promise<boolean>;
}

/** Where values of steps are kept from run to run. */
export interface StepCache {
  look(key: StepKey): { readonly kept: KeptStep } | { readonly reason: string; readonly isDamaged?: boolean };
  /**
   * Gives the reason where the value couldn't be kept.
   * @param tables the engine whose staged tables belong to the value
   */
  keep(key: StepKey, content: StepResult<unknown>, tables: SqlEngine | undefined): Promise<string | undefined>;
  /** Makes room where more is kept than may be. */
  close(): void;
}

/** A step as `plan` tells it. */
export interface PlannedStep {
  readonly step: string;
  readonly key: string;
  readonly state: "unchanged" | "computed";
  /** Why it will be computed. */
  readonly reason: string;
  /** Rows of an earlier run, where it is unchanged. */
  readonly rows?: number;
}

/** How a run gets to know that it was asked to stop. */
export interface Stop {
  /** Lets signals in; throws where the run was asked to stop. */
  goOn(): Promise<void>;
  /** Once, before the edition is put in its place: throws where the run may not publish; a request comes too late after it. */
  settle(): void;
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
  /** How many threads may compute at a time, asked again where more could; one by default. */
  readonly threads?: () => number;
  /** Hash of the program's own files and of queries by folder; without it nothing is kept. */
  readonly program?: string;
  readonly cache?: StepCache;
  /** Where steps are listed instead of being run. */
  readonly plan?: PlannedStep[];
  readonly stop?: Stop;
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
  readonly name: string;
  readonly key: string;
  readonly value: T;
  /** Makes sure that the tables which the step leaves in the engine stand there. */
  ready(): Promise<void>;
}

interface StepInputs {
  readonly reads?: ReadonlyArray<Pick<Handle<unknown>, "name" | "key" | "ready">>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Hashes of files that it reads. */
  readonly files?: Hashes;
  /** Hashes of queries that it runs. */
  readonly sql?: Hashes;
  /**
   * What it leaves in the engine for others: the staged tables, kept beside its value, or tables that are made again where
   * a later step needs them.
   */
  readonly leaves?: "staged tables" | "tables";
  /** It asks the engine nothing: the tables of what it reads need not stand. */
  readonly isPure?: boolean;
  /** It publishes, or what it does depends on what stands outside: never skipped. */
  readonly isAlwaysRun?: boolean;
}

interface StepResult<T> {
  readonly value: T;
  readonly rows?: number;
  readonly note?: string;
  /** False where the inputs changed meanwhile: the value isn't that of its key. */
  readonly isKept?: boolean;
}

/**
 * Runs one named step and reports it; its key covers the name, the version, the settings, the files and the keys it reads.
 * Where an earlier run kept the value of that key, it is taken instead. A planned step isn't run and has no value.
 */
export async function step<T>(
  run: Run,
  name: string,
  inputs: StepInputs,
  fn: () => Promise<StepResult<T>>,
): Promise<Handle<T>> {
  const key = keyOf(run, name, inputs);
  const looked = lookFor(run, key, inputs);
  if (run.plan !== undefined) return planned(run.plan, key, looked);
  await run.stop?.goOn();
  const begin = run.seconds();
  run.progress.started(name);
  try {
    if ("kept" in looked) {
      const { kept } = looked;
      run.progress.finished(name, { seconds: run.seconds() - begin, ...told(kept), isUnchanged: true });
      return { name, key: key.key, value: kept.value as T, ready: once(() => restored(run, name, inputs, kept, fn)) };
    }
    if (looked.isDamaged) run.progress.warned?.(name, DAMAGED);
    if (!inputs.isPure) await allReady(inputs);
    const result = await fn();
    if (!inputs.isAlwaysRun && result.isKept !== false) await kept(run, key, result, inputs);
    run.progress.finished(name, { seconds: run.seconds() - begin, ...told(result), ...reasonOf(run, looked.reason) });
    // a pure step asked for no tables, but those who read it may
    const ready = inputs.isPure ? once(() => allReady(inputs)) : async () => undefined;
    return { name, key: key.key, value: result.value, ready };
  } catch (error) {
    run.progress.failed(name);
    throw error;
  }
}

const DAMAGED = "what was kept of it is damaged; it is computed again";

async function kept<T>(run: Run, key: StepKey, result: StepResult<T>, { leaves }: StepInputs): Promise<void> {
  const tables = leaves === "staged tables" ? run.engine : undefined;
  const failure = await run.cache?.keep(key, { value: result.value, ...told(result) }, tables);
  if (failure !== undefined) run.progress.warned?.(key.name, `it can't be kept for the next run: ${failure}`);
}

const reasonOf = (run: Run, reason: string) => (run.cache === undefined ? {} : { reason });

const told = ({ rows, note }: { readonly rows?: number; readonly note?: string }) => ({
  ...(rows === undefined ? {} : { rows }),
  ...(note === undefined ? {} : { note }),
});

function keyOf(run: Run, name: string, { reads = [], settings = {}, files = {}, sql = {} }: StepInputs): StepKey {
  const parts = {
    name,
    version: run.version,
    program: run.program ?? "",
    settings: Object.fromEntries(
      Object.entries(settings).map(([own, value]) => [own, sha256(canonicalJson(value ?? null))]),
    ),
    files,
    sql,
    reads: Object.fromEntries(reads.map((handle) => [handle.name, handle.key])),
  };
  return { name, key: sha256(canonicalJson(parts)), parts };
}

function lookFor(run: Run, key: StepKey, inputs: StepInputs): ReturnType<StepCache["look"]> {
  if (inputs.isAlwaysRun) return { reason: "runs each time" };
  return run.cache?.look(key) ?? { reason: "nothing is kept" };
}

function planned<T>(plan: PlannedStep[], { name, key }: StepKey, looked: ReturnType<StepCache["look"]>): Handle<T> {
  plan.push(
    "kept" in looked
      ? { step: name, key, state: "unchanged", reason: "", ...told(looked.kept) }
      : { step: name, key, state: "computed", reason: looked.reason },
  );
  return {
    name,
    key,
    get value(): T {
      throw new Error(`${name}: a planned step has no value`);
    },
    ready: async () => undefined,
  };
}

async function restored<T>(
  run: Run,
  name: string,
  inputs: StepInputs,
  kept: KeptStep,
  fn: () => Promise<StepResult<T>>,
): Promise<void> {
  if (inputs.leaves === "staged tables") {
    if (await kept.restore(run.engine)) return;
    run.progress.warned?.(name, DAMAGED);
  }
  await allReady(inputs);
  if (inputs.leaves !== undefined) await fn();
}

/** What the step reads, and what that was made from, in the engine. */
async function allReady({ reads = [] }: StepInputs): Promise<void> {
  for (const handle of reads) await handle.ready();
}
