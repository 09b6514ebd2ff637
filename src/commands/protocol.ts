import type { Command } from "commander";

/** `duo-impact protocol freeze|show PIPELINE.yaml`: the promise, recorded before results are computed. */
export function registerProtocol(program: Command): void {
  const protocol = program.command("protocol").description("freeze the protocol before results, see what was changed");
  protocol
    .command("freeze")
    .argument("<pipeline>", "pipeline file, e.g. pipelines/sib-evaluation.yaml")
    .option("--out <folder>", "where editions go", "out")
    .description(
      "record the protocol with today's date, beside the pipeline's file; refused once results were computed",
    )
    .action(async (file: string, { out }: { readonly out: string }) => {
      const { freezeProtocol } = await import("./protocol-file.ts");
      process.stdout.write(freezeProtocol(file, out, new Date().toISOString().slice(0, 10)));
    });
  protocol
    .command("show")
    .argument("<pipeline>", "pipeline file, e.g. pipelines/sib-evaluation.yaml")
    .option("--out <folder>", "where editions go", "out")
    .description("the protocol's hash, when it was frozen, and what was changed since")
    .action(async (file: string, { out }: { readonly out: string }) => {
      const { showProtocol } = await import("./protocol-file.ts");
      process.stdout.write(showProtocol(file, out));
    });
}
