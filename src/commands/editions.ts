import type { Command } from "commander";
import { pipelineName } from "../protocol/pipeline-name.ts";

interface ListOptions {
  readonly out: string;
  readonly json?: boolean;
}

interface PurgeOptions extends ListOptions {
  readonly keep?: string;
  readonly before?: string;
  readonly dryRun?: boolean;
}

/** `duo-impact editions list|diff|purge`: what was published, what differs and why, what is no longer kept. */
export function registerEditions(program: Command): void {
  const editions = program.command("editions").description("list, compare and purge published editions");
  editions
    .command("list")
    .argument("[pipeline]", "a pipeline's name or file; all by default")
    .option("--out <folder>", "where editions go", "out")
    .option("--json", "JSON instead of text")
    .description("editions with run, protocol, signature and whether each is whole")
    .action(async (pipeline: string | undefined, { out, json }: ListOptions) => {
      const { listEditions, listText } = await import("../editions/list.ts");
      const found = listEditions(out, pipeline === undefined ? undefined : pipelineName(pipeline));
      process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : listText(found));
    });
  editions
    .command("diff")
    .argument("<before>", "folder of an edition, e.g. out/sib-evaluation/2016.1")
    .argument("<after>", "folder of another edition of the same pipeline")
    .option("--all", "every figure that differs, not the first ones")
    .option("--json", "JSON instead of text")
    .description("which published figures differ, and why: data, protocol, version")
    .action(async (before: string, after: string, raw: { readonly all?: boolean; readonly json?: boolean }) => {
      const { diffEditions, diffText } = await import("../editions/diff.ts");
      const found = diffEditions(before, after);
      process.stdout.write(raw.json ? `${JSON.stringify(found, null, 2)}\n` : diffText(found, raw.all));
    });
  editions
    .command("purge")
    .argument("<pipeline>", "a pipeline's name or file")
    .option("--keep <count>", "keep so many editions of each year, the newest")
    .option("--before <day>", "remove what was published before this day, e.g. 2020-01-31")
    .option("--dry-run", "say what would go, and remove nothing")
    .option("--out <folder>", "where editions go", "out")
    .option("--json", "JSON instead of text")
    .description("remove old editions with their restricted files, never the latest; what went is recorded in purges/")
    .action(async (pipeline: string, raw: PurgeOptions) => {
      const { purgeText } = await import("../editions/purge.ts");
      const found = await purge(pipelineName(pipeline), raw);
      process.stdout.write(raw.json ? `${JSON.stringify(found, null, 2)}\n` : purgeText(found, raw.dryRun === true));
    });
}

async function purge(pipeline: string, raw: PurgeOptions) {
  const { join } = await import("node:path");
  const { existsSync } = await import("node:fs");
  const { planPurge, purgeEditions, retentionOf } = await import("../editions/purge.ts");
  const { withLock } = await import("../publish/lock.ts");
  const { UserError } = await import("../user-error.ts");
  const rule = retentionOf(raw);
  const out = join(raw.out, pipeline);
  if (!existsSync(out))
    throw new UserError(`${out} does not exist: there are no editions of '${pipeline}' in ${raw.out}`);
  if (raw.dryRun) return { ...planPurge(out, rule), record: null };
  return withLock(out, async () => purgeEditions(out, pipeline, rule, new Date().toISOString()));
}
