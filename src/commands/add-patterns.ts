import type { Command } from "commander";

/** `duo-impact add-patterns A B --out SUMS`: the tables of several services as those of one register. */
export function registerAddPatterns(program: Command): void {
  program
    .command("add-patterns")
    .argument("<folders...>", "what `duo-impact patterns` wrote at each service, all of one round")
    .requiredOption("--out <folder>", "where the sums go")
    .description("add up the tables of several services, whose persons differ, as if one register had held them all")
    .action(async (folders: readonly string[], { out }: { readonly out: string }) => {
      const [{ addedPacks }, { packFiles, readPack }, { patternsText, refuseOther, writePatterns }] = await Promise.all(
        [import("../exchange/add.ts"), import("../exchange/pack.ts"), import("./patterns-file.ts")],
      );
      refuseOther(out);
      const { facts, protocol, crossed, common } = addedPacks(folders.map((folder) => readPack(folder)));
      const files = packFiles(facts, protocol, crossed, common);
      await writePatterns(out, files);
      process.stdout.write(patternsText(out, files.size, facts));
    });
}
