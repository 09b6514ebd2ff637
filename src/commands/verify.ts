import type { Command } from "commander";

/** `duo-impact verify PACK`: whether an edition or a pack is what was published, number by number. */
export function registerVerify(program: Command): void {
  program
    .command("verify")
    .argument("<pack>", "folder of an edition or of a pack, e.g. out/sib-evaluation/latest or its replication/")
    .description("compare an edition or a pack with its manifest, its signature and itself, number by number")
    .option("--key <public>", "public key (PEM file) or fingerprint (sha256:...) that must have signed")
    .option("--edition <folder>", "published edition that an evaluator's pack is held against, number by number")
    .option("--json", "JSON instead of text")
    .action(
      async (folder: string, raw: { readonly key?: string; readonly edition?: string; readonly json?: boolean }) => {
        const [{ readPack }, { verificationText, verify }, { givenKey }] = await Promise.all([
          import("../verify/pack.ts"),
          import("../verify/verify.ts"),
          import("../verify/given-key.ts"),
        ]);
        const found = await verify(readPack(folder), {
          ...(raw.key === undefined ? {} : { key: givenKey(raw.key) }),
          ...(raw.edition === undefined ? {} : { edition: readPack(raw.edition) }),
        });
        process.stdout.write(raw.json ? `${JSON.stringify(found, null, 2)}\n` : verificationText(found));
        if (!found.isEqual) process.exitCode = 1;
      },
    );
}
