import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { bareProject } from "../bare-project.ts";
import { filesUnder } from "../cli.ts";
import { type Ended, type Fault, type FaultRunner, faultRunner } from "./fault-runner.ts";

export const KINDS: readonly Fault["kind"][] = ["kill", "ENOSPC", "stop", "EIO", "full", "EACCES"];

/** A run that the faults strike: what stands in the output folder before it, and which edition it makes. */
interface Scenario {
  readonly name: string;
  /** Output folder, copied for each fault; absent where there is none before. */
  readonly before?: string;
  /** The folder as an undisturbed run leaves it. */
  readonly after: ReadonlyMap<string, string>;
  readonly operations: readonly string[];
}

export interface Struck {
  readonly scenario: string;
  readonly fault: Fault;
  readonly operation: string;
  /** What was wrong afterwards; empty where all held. */
  readonly problems: readonly string[];
}

export interface FaultCounts {
  /** `a new edition beside an old one: 230 operations`, one line a scenario. */
  readonly operations: readonly string[];
  readonly struck: readonly Struck[];
  /** Runs by how they ended: exit code, or killed. */
  readonly ended: Readonly<Record<string, number>>;
}

type Strikes = (operations: readonly string[], scenario: number) => readonly Fault[];

/** A process that runs pipelines, with folders that no other touches. */
interface Place {
  readonly runner: FaultRunner;
  readonly out: string;
  run(out: string, fault?: Fault): Promise<Ended>;
}

/**
 * Strikes the runs of a tiny project at the operations chosen and looks at what is left: editions that are whole, `latest`
 * on one of them, and a run afterwards that ends as if nothing had happened. As many at once as there are processors.
 */
export async function strikeRuns(strikes: Strikes): Promise<FaultCounts> {
  const project = bareProject();
  const file = join(project, "pipelines", "sib-evaluation.yaml");
  const places: Place[] = [];
  const place = (): Place => {
    const [runner, own] = [faultRunner(), join(project, `place-${places.length}`)];
    // what steps left is read by all: a cache of its own begins as the first one's
    if (places.length > 0) copyFolder(join(project, "place-0", "cache"), join(own, "cache"));
    const run = (out: string, fault?: Fault): Promise<Ended> =>
      runner.run({ file, out, cache: join(own, "cache"), ...(fault === undefined ? {} : { fault }) });
    const made = { runner, out: join(own, "struck"), run };
    places.push(made);
    return made;
  };
  const [struck, ended]: [Struck[], Record<string, number>] = [[], {}];
  try {
    const first = place();
    const scenarios = await scenariosOf(project, file, (out) => first.run(out));
    const queue = scenarios.flatMap((scenario, i) =>
      strikes(scenario.operations, i).map((fault) => ({ scenario, fault })),
    );
    const beside = [first, ...Array.from({ length: availableParallelism() - 1 }, place)];
    const strikeInTurn = async (at: Place): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const { exitCode, problems } = await strike(at, next.scenario, next.fault);
        const key = exitCode === null ? "killed" : `exit code ${exitCode}`;
        ended[key] = (ended[key] ?? 0) + 1;
        const operation = (next.scenario.operations[next.fault.at - 1] ?? "").replace(project, "");
        const found = { scenario: next.scenario.name, fault: next.fault, operation, problems: problems.slice(0, 3) };
        struck.push(found);
        if (problems.length > 0 || struck.length % 100 === 0)
          process.stdout.write(`${struck.length} struck: ${JSON.stringify(problems.length > 0 ? found : ended)}\n`);
      }
    };
    await Promise.all(beside.map(strikeInTurn));
    const operations = scenarios.map(({ name, operations: all }) => `${name}: ${all.length} operations`);
    return { operations, struck, ended };
  } finally {
    for (const { runner } of places) runner.end();
    rmSync(project, { recursive: true, force: true });
  }
}

/** A run that a fault strikes, one afterwards, and what was wrong with what they left. */
async function strike({ runner, out, run }: Place, scenario: Scenario, fault: Fault) {
  rmSync(out, { recursive: true, force: true });
  if (scenario.before !== undefined) copyFolder(scenario.before, out);
  const first = await run(out, fault);
  const problems = [...problemsOf(out, scenario, first)];
  if (fault.kind === "stop") problems.push(...notStopped(out, scenario, first));
  // a command that ends gives up what it holds, as one that is killed does
  if (existsSync(join(out, "sib-evaluation", ".lock"))) runner.end();
  problems.push(...afterwards(out, scenario, await run(out)));
  return { exitCode: first.exitCode, problems };
}

/** A first edition, a second one beside it under a changed protocol, and one that stands there already. */
async function scenariosOf(
  project: string,
  file: string,
  run: (out: string) => Promise<Ended>,
): Promise<readonly Scenario[]> {
  const undisturbed = async (name: string, out: string, before?: string): Promise<Scenario> => {
    if (before !== undefined) copyFolder(before, out);
    const { exitCode, stderr, operations } = await run(out);
    if (exitCode !== 0) throw new Error(`the undisturbed run failed: ${stderr}`);
    return { name, after: treeOf(out), operations, ...(before === undefined ? {} : { before }) };
  };
  const [old = "", first = "", second = "", third = ""] = ["old", "first", "second", "third"].map((name) =>
    join(project, name),
  );
  await undisturbed("under the settings as they were", old);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("threshold: 5", "threshold: 6"));
  return [
    await undisturbed("a new edition beside an old one", second, old),
    await undisturbed("a first edition", first),
    await undisturbed("an edition that stands already", third, second),
  ];
}

function copyFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

/** Hashes of all files, with `latest`; records of runs have times of their own. */
function treeOf(out: string): ReadonlyMap<string, string> {
  const files = [...filesUnder(out)].filter(([path]) => !path.startsWith("sib-evaluation/runs/"));
  const hashes = files.map(([path, bytes]) => [path, createHash("sha256").update(bytes).digest("hex")] as const);
  const latest = join(out, "sib-evaluation", "latest");
  return new Map([...hashes, ["latest", existsSync(latest) ? readlinkSync(latest) : ""]]);
}

/** What must hold right after a fault: the old edition or the new one whole, and said truly. */
function* problemsOf(out: string, scenario: Scenario, ended: Ended): Generator<string> {
  const folder = join(out, "sib-evaluation");
  const tree = existsSync(out) ? treeOf(out) : new Map<string, string>();
  const before = scenario.before === undefined ? new Map<string, string>() : treeOf(scenario.before);
  for (const [path, hash] of before)
    if (path !== "latest" && tree.get(path) !== hash) yield `${path} is no longer what it was`;
  const editions = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d{4}\.\d+$/.test(name)) : [];
  for (const name of editions) yield* notWhole(folder, name, tree, scenario.after);
  const latest = tree.get("latest") ?? "";
  if (latest !== "" && !editions.includes(latest)) yield `latest points to ${latest}`;
  if (latest === "" && before.has("latest")) yield "latest is gone";
  if (ended.exitCode === 2) yield `it passes for a bug: ${ended.stderr}`;
  if (ended.exitCode === 1 && !/struck|left|rights?|disk/.test(ended.stderr)) yield `no reason: ${ended.stderr}`;
  if (ended.exitCode === 0)
    for (const [path, hash] of scenario.after)
      if (tree.get(path) !== hash) yield `it ended with 0, but ${path} isn't there as it should`;
}

/** Who was told that the run stops finds nothing published; who asked too late finds all of it. */
function* notStopped(out: string, { before, after }: Scenario, { exitCode, stderr }: Ended): Generator<string> {
  const said = /\n?stopping; /.test(stderr);
  if (said !== (exitCode === 130 && stderr.includes("interrupted"))) yield `${exitCode}, but it said: ${stderr}`;
  if (!said) return;
  const there = existsSync(out) ? treeOf(out) : new Map<string, string>();
  const stood = before === undefined ? new Map<string, string>() : treeOf(before);
  for (const path of after.keys())
    if (/^sib-evaluation\/\d{4}\.\d+\//.test(path) && there.has(path) && !stood.has(path))
      yield `${path} was published`;
}

/** Every file that the manifest lists with its hash, nothing else, and its restricted files as they should be. */
function* notWhole(
  folder: string,
  name: string,
  tree: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Generator<string> {
  const manifest: { outputs: { file: string; sha256: string }[] } = JSON.parse(
    readFileSync(join(folder, name, "manifest.json"), "utf8"),
  );
  const listed = new Map(manifest.outputs.map(({ file, sha256 }) => [file, sha256]));
  const there = [...tree].flatMap(([path, hash]) => {
    const at = `sib-evaluation/${name}/`;
    return path.startsWith(at) ? [[path.slice(at.length), hash] as const] : [];
  });
  for (const [file, hash] of there)
    if (!/(^|\/)manifest\.(json|sig)$/.test(file) && listed.get(file) !== hash)
      yield `${name}/${file} isn't as the manifest says`;
  for (const file of ["manifest.json", "manifest.sig"])
    if (tree.get(`sib-evaluation/${name}/${file}`) !== after.get(`sib-evaluation/${name}/${file}`))
      yield `${name}/${file} isn't what belongs to the edition`;
  for (const file of listed.keys()) if (!there.some(([path]) => path === file)) yield `${name} lacks ${file}`;
  for (const [path, hash] of after)
    if (path.startsWith(`sib-evaluation/restricted/${name}/`) && tree.get(path) !== hash)
      yield `${path} isn't what belongs to the edition`;
}

/** What must hold once it has been run again: as if nothing had happened, and nothing left over. */
function* afterwards(out: string, { after }: Scenario, { exitCode, stderr }: Ended): Generator<string> {
  if (exitCode !== 0) yield `the run afterwards failed: ${stderr}`;
  const tree = treeOf(out);
  for (const [path, hash] of after) if (tree.get(path) !== hash) yield `afterwards ${path} differs`;
  for (const path of tree.keys()) if (!after.has(path)) yield `afterwards ${path} is left over`;
  const runs = join(out, "sib-evaluation", "runs");
  for (const name of readdirSync(runs)) if (!name.endsWith(".json")) yield `afterwards runs/${name} is left over`;
}

/** An operation without what is peculiar to one file: staging writes one as it writes another. */
export const shapeOf = (operation: string): string =>
  operation.replace(/\.staging-\w+\/(\w+)\/.*$/, "staging/$1").replaceAll(/[0-9a-f]{8,}|\d{4}-\d\d-\d\dT.*/g, "*");
