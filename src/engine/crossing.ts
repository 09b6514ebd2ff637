import type { Table } from "apache-arrow";
import type { NamedSql, SqlEngine, SqlParameters, SqlRow } from "./engine.ts";
import { narrowed, widened } from "./narrow.ts";
import { tableKeys } from "./table-keys.ts";

/** One answer of an engine, with the key of the question. */
export interface Crossed {
  readonly table: string;
  readonly key: string;
  /** Rows, or a table as `narrowed` makes it. */
  readonly content: Table | readonly SqlRow[];
}

/** What was computed, with all that the engine answered meanwhile. */
interface Recorded<T> {
  readonly result: T;
  readonly crossed: readonly Crossed[];
}

/** An engine of which one can say afterwards what it answered. */
export interface RecordingEngine extends SqlEngine {
  /** Runs `fn`, which asks this engine; not to be nested. */
  recording<T>(fn: () => Promise<T>): Promise<Recorded<T>>;
}

/**
 * The engine, with its answers kept, each once.
 * @param mayCross names of the tables whose rows are kept; answers of others are passed on only
 */
export function recordingEngine(engine: SqlEngine, mayCross: ReadonlySet<string>): RecordingEngine {
  const keys = tableKeys();
  let crossed = new Map<string, Crossed>();
  async function kept<T extends Crossed["content"]>(
    kind: "arrow" | "rows",
    sql: NamedSql,
    parameters: SqlParameters | undefined,
    ask: () => Promise<T>,
  ): Promise<T> {
    if (!mayCross.has(sql.name)) return ask();
    const key = keys.asked(kind, sql, parameters);
    const content = await ask();
    crossed.set(key, { table: sql.name, key, content: isTable(content) ? narrowed(content) : content });
    return content;
  }
  return {
    kind: engine.kind,
    execute(sql, parameters) {
      keys.executed(sql, parameters);
      return engine.execute(sql, parameters);
    },
    build(sql, grain, parameters) {
      keys.built(sql, parameters);
      return engine.build(sql, grain, parameters);
    },
    load(name, columns) {
      keys.loaded(name, columns);
      return engine.load(name, columns);
    },
    rows: (sql, parameters) => kept("rows", sql, parameters, () => engine.rows(sql, parameters)),
    arrow: (sql, parameters) => kept("arrow", sql, parameters, () => engine.arrow(sql, parameters)),
    describe: (sql, parameters) => engine.describe(sql, parameters),
    interrupt: () => engine.interrupt(),
    close: () => engine.close(),
    async recording(fn) {
      crossed = new Map();
      const result = await fn();
      return { result, crossed: [...crossed.values()] };
    },
  };
}

/** The answer to a question by its key; throws where nobody kept it. */
export type Answers = (kind: "arrow" | "rows", table: string, key: string) => Promise<Crossed["content"]>;

/** An engine without rows: it follows how tables would come about, and gives the answers that another engine gave. */
export function replayingEngine(answers: Answers): SqlEngine {
  const keys = tableKeys();
  const built = (name: string) => ({ name, rows: 0 });
  const none = (what: string) => (): never => {
    throw new Error(`answers of another engine ${what}`);
  };
  return {
    kind: "answers",
    async execute(sql, parameters) {
      keys.executed(sql, parameters);
    },
    async build(sql, _grain, parameters) {
      keys.built(sql, parameters);
      return built(sql.name);
    },
    async load(name, columns) {
      keys.loaded(name, columns);
      return built(name);
    },
    async rows(sql, parameters) {
      const content = await answers("rows", sql.name, keys.asked("rows", sql, parameters));
      return Array.isArray(content) ? content : none(`are no rows of ${sql.name}`)();
    },
    async arrow(sql, parameters) {
      const content = await answers("arrow", sql.name, keys.asked("arrow", sql, parameters));
      return isTable(content) ? widened(content) : none(`are no table of ${sql.name}`)();
    },
    describe: none("have no types"),
    interrupt: () => undefined,
    async close() {},
  };
}

/** Whether an answer is columns, not rows. */
export const isTable = (content: Crossed["content"]): content is Table => !Array.isArray(content);
