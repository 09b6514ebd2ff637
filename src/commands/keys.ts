import type { Command } from "commander";

/** `duo-impact keys FOLDER`: a pair of keys to sign editions with. */
export function registerKeys(program: Command): void {
  program
    .command("keys")
    .argument("<folder>", "folder outside of any project, e.g. ~/duo-impact-keys")
    .description("make a pair of Ed25519 keys: one signs editions, the other goes to whoever verifies them")
    .action(async (folder: string) => {
      const [{ makeKeys }, { shellWord }] = await Promise.all([import("./make-keys.ts"), import("./shell-word.ts")]);
      const { fingerprint, privateFile, publicFile } = makeKeys(folder);
      process.stdout.write(
        `${privateFile}: keep it to yourself, and set DUO_IMPACT_SIGNING_KEY=${shellWord(privateFile)} where runs publish\n` +
          `${publicFile}: give it to whoever verifies (duo-impact verify EDITION --key ${shellWord(publicFile)})\n` +
          `${fingerprint}: print it where readers find it\n`,
      );
    });
}
