import type { Command } from "commander";

/** Adds `audit` to the program. */
export function registerAudit(program: Command): void {
  program
    .command("audit")
    .argument("<edition>", "folder of a published edition, e.g. out/sib-evaluation/latest")
    .description("attack a published edition with what it shows, and list what could be worked out")
    .option("--with <edition>", "an earlier edition that the reader holds too, or another pipeline's")
    .option("--json", "JSON instead of text")
    .action(async (edition: string, options: { readonly with?: string; readonly json?: boolean }) => {
      const [{ audit }, { readPublished }, { highsSolver }] = await Promise.all([
        import("../audit/audit.ts"),
        import("../audit/published.ts"),
        import("../disclose/solver.ts"),
      ]);
      const editions = [edition, ...(options.with === undefined ? [] : [options.with])].map(readPublished);
      const found = audit(editions, await highsSolver());
      if (found.recovered.length + found.disagreements.length + found.contradictions.length > 0) process.exitCode = 1;
      if (options.json) {
        process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
        return;
      }
      for (const { what, least, most } of found.recovered)
        process.stdout.write(`${what}: ${least === most ? least : `between ${least} and ${most}`}\n`);
      for (const what of found.contradictions)
        process.stdout.write(`no table fits what the files say of ${what}: its hidden numbers were not attacked\n`);
      if (found.withdrawn > 0)
        process.stdout.write(`${found.withdrawn} equations that contradict surer ones were not believed\n`);
      for (const line of found.disagreements) process.stdout.write(`${line}\n`);
      if (found.nobody > 0)
        process.stdout.write(`${found.nobody} hidden counts must be nobody, which says nothing of a person\n`);
      process.stdout.write(
        `${found.targets} hidden or untold numbers attacked with ${found.equations} equations: ${found.recovered.length} recovered\n`,
      );
    });
}
