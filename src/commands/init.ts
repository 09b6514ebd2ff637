import type { Command } from "commander";

/** `duo-impact init DIR`: a commented project of one's own, runnable at once on the synthetic sample. */
export function registerInit(program: Command): void {
  program
    .command("init")
    .argument("<folder>", "new or empty folder")
    .description("set up a commented project of your own to start from")
    .action(async (folder: string) => {
      const { initProject } = await import("./init-project.ts");
      process.stdout.write(initProject(folder));
    });
}
