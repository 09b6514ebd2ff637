import { openDuckDb } from "../engine/duckdb.ts";
import { type TableSource, type TableTarget, UnusableDatabase } from "../engine/engine.ts";
import type { EngineChoice } from "../protocol/engine.ts";
import { UserError } from "../user-error.ts";

interface Engines {
  /** Reads the sources. */
  readonly engine: TableSource;
  /** Computes risk sets and patterns, where that isn't the same engine. */
  readonly database?: TableTarget;
  interrupt(): void;
  close(): Promise<void>;
}

/** Opens what the settings choose, with a share of the machine where runs go side by side; the client of another database is loaded only where one is chosen. */
export async function openEngines(choice: EngineChoice, share?: number): Promise<Engines> {
  const { memoryLimit, spillLimit } = choice;
  const engine = await openDuckDb({ memoryLimit, spillLimit, share });
  try {
    if (choice.kind === "duckdb") return { engine, interrupt: () => engine.interrupt(), close: () => engine.close() };
    const database = await openDatabase(choice.url.replace(/^env:/, ""));
    return {
      engine,
      database,
      interrupt() {
        engine.interrupt();
        database.interrupt();
      },
      async close() {
        await engine.close();
        await database.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

async function openDatabase(variable: string): Promise<TableTarget> {
  const url = process.env[variable];
  if (url === undefined || url === "")
    throw new UserError([
      `engine: url: the environment has no ${variable}; set it to the database's address, postgres://user@host/database`,
    ]);
  const { openPostgres } = await import("../engine/postgres.ts");
  try {
    return await openPostgres(url);
  } catch (error) {
    if (error instanceof UnusableDatabase)
      throw new UserError([`engine: ${variable}: ${error.message}`], { cause: error });
    throw error;
  }
}
