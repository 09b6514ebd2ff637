import type { Command } from "commander";

interface RawOptions {
  readonly port: string;
  readonly out: string;
}

/** `duo-impact serve`: editions in a browser of this machine. */
export function registerServe(program: Command): void {
  program
    .command("serve")
    .argument("[pipeline]", "serve this pipeline only: its name, or its file")
    .option("--port <port>", "port on this machine; 0 for any that is free", "8321")
    .option("--out <folder>", "where editions are", "out")
    .description("show the latest editions in a browser of this machine")
    .action(async (pipeline: string | undefined, raw: RawOptions) => {
      const { serveEditions } = await import("./serve-editions.ts");
      await serveEditions(pipeline, raw, (text) => process.stdout.write(text));
    });
}
