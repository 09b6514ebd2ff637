import { cpSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canonicalJson, sha256 } from "../../src/publish/hash.ts";
import { outputsOf } from "../../src/publish/manifest.ts";
import { signatureJson } from "../../src/publish/signature.ts";
import { readPack } from "../../src/verify/pack.ts";
import { verifyStaged } from "../../src/verify/staged.ts";
import { verify } from "../../src/verify/verify.ts";
import { bareProject } from "../support/bare-project.ts";
import { filesUnder, temporaryFolder } from "../support/cli.ts";
import { warmProgram } from "../support/warm-program.ts";

const PIPELINE = "pipelines/sib-evaluation.yaml";
/** In one language: a report of data quality is made with every edition. */
const RUN = ["run", PIPELINE, "--lang", "en"];
let project = "";
let keys = "";
beforeAll(async () => {
  project = bareProject();
  keys = temporaryFolder("keys");
  expect((await duo("keys", keys)).status).toBe(0);
});
afterAll(() => {
  for (const folder of [project, keys]) rmSync(folder, { recursive: true, force: true });
});

const program = warmProgram();
const duo = (...args: readonly string[]) => program(args, { cwd: project });
const signed = (...args: readonly string[]) =>
  program(args, { cwd: project, env: { DUO_IMPACT_SIGNING_KEY: join(keys, "signing.pem") } });
const latest = (out = "out"): string => join(project, out, "sib-evaluation", "latest");

/** Every digit-bearing file of a folder in turn with one digit changed, as verify judges it. */
async function withOneDigitChanged(folder: string): Promise<ReadonlyMap<string, boolean>> {
  const verdicts = new Map<string, boolean>();
  for (const [file, bytes] of filesUnder(folder)) {
    const digits = [...bytes.keys()].filter((i) => (bytes[i] ?? 0) >= 0x30 && (bytes[i] ?? 0) <= 0x39);
    const at = digits[Math.floor(digits.length / 2)];
    if (at === undefined) throw new Error(`${file} has no digit`);
    const changed = Buffer.from(bytes);
    changed[at] = bytes[at] === 0x39 ? 0x38 : (bytes[at] ?? 0) + 1;
    writeFileSync(join(folder, file), changed);
    verdicts.set(file, (await verify(readPack(folder))).isEqual);
    writeFileSync(join(folder, file), bytes);
  }
  return verdicts;
}

describe("verify", () => {
  it("an edition without a key says that it is unsigned, in a file of its own", async () => {
    expect((await duo(...RUN)).status).toBe(0);
    expect(JSON.parse(readFileSync(join(latest(), "manifest.sig"), "utf8"))).toMatchObject({ algorithm: null });
    const found = await duo("verify", latest());
    expect([found.status, found.stdout]).toEqual([0, expect.stringContaining("unsigned")]);
    expect(await duo("verify", latest(), "--key", join(keys, "signing.pub.pem"))).toMatchObject({ status: 1 });
  });

  it("an edition that stands is signed when a key comes, and nothing else of it changes", async () => {
    const before = filesUnder(latest());
    expect((await signed(...RUN)).status).toBe(0);
    const after = filesUnder(latest());
    const changed = [...after].filter(([file, bytes]) => before.get(file)?.equals(bytes) !== true).map(([file]) => file);
    expect(changed).toEqual(["manifest.sig", "replication/manifest.sig"]);
    expect((await duo("verify", latest(), "--key", join(keys, "signing.pub.pem"))).status).toBe(0);
    // a run without a key leaves the signature
    expect((await duo(...RUN)).status).toBe(0);
    expect(filesUnder(latest())).toEqual(after);
  });

  it("the same key and inputs give the same signature", async () => {
    expect((await signed(...RUN, "--out", "again")).status).toBe(0);
    expect(filesUnder(latest("again"))).toEqual(filesUnder(latest()));
  });

  it("one digit changed is refused in every file of an edition and of its replication pack", async () => {
    for (const folder of [latest(), join(latest(), "replication")]) {
      const verdicts = await withOneDigitChanged(folder);
      expect(verdicts.size).toBeGreaterThan(3);
      expect([...verdicts].filter(([, isEqual]) => isEqual)).toEqual([]);
      expect((await verify(readPack(folder))).isEqual).toBe(true);
    }
  });

  it("R1: a missing file and one too many are named", async () => {
    const file = join(latest(), "metrics", "metrics.json");
    const text = readFileSync(file, "utf8");
    rmSync(file);
    writeFileSync(join(latest(), "metrics", "more.csv"), "");
    const found = await duo("verify", latest());
    rmSync(join(latest(), "metrics", "more.csv"));
    writeFileSync(file, text);
    expect(found.status).toBe(1);
    expect(found.stdout).toContain("metrics/metrics.json: is missing");
    expect(found.stdout).toContain("metrics/more.csv: is not in the manifest");
  });

  it("another's signature is told from the one that is known", async () => {
    const other = temporaryFolder("keys");
    expect((await duo("keys", other)).status).toBe(0);
    expect((await duo("keys", other)).stderr).toContain("is there already");
    const found = await duo("verify", join(latest(), "replication"), "--key", join(other, "signing.pub.pem"));
    rmSync(other, { recursive: true });
    expect([found.status, found.stdout]).toEqual([1, expect.stringMatching(/signed by sha256:\w+, expected sha256:/)]);
  });

  it("a signing key inside the project or of another kind is refused before anything is read", async () => {
    writeFileSync(join(project, "inside.pem"), readFileSync(join(keys, "signing.pem")));
    const run = (key: string) => program([...RUN], { cwd: project, env: { DUO_IMPACT_SIGNING_KEY: key } });
    expect(await run(join(project, "inside.pem"))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("inside the project"),
    });
    expect((await run(join(keys, "signing.pub.pem"))).stderr).toContain("holds no private key");
    expect((await run("/nowhere")).stderr).toContain("neither a PEM nor the path of a file");
  });
});

/** An edition whose protocol asks for more persons behind a number than it was made with, all hashes made anew. */
function withThreshold(folder: string, threshold: number): string {
  const to = temporaryFolder("threshold");
  cpSync(realpathSync(folder), to, { recursive: true });
  const read = (file: string) => JSON.parse(readFileSync(join(to, file), "utf8"));
  const write = (file: string, content: string) => writeFileSync(join(to, file), content);
  const outputs = (within: string, not: RegExp) =>
    outputsOf(new Map([...filesUnder(join(to, within))].filter(([file]) => !not.test(file))));
  const { protocol, ...stated } = read("replication/protocol.json");
  protocol.disclosure.threshold = threshold;
  const protocolHash = sha256(canonicalJson(protocol));
  write("replication/protocol.json", JSON.stringify({ ...stated, hash: protocolHash, protocol }));
  const own = (file: string) => ({ ...read(file), protocolHash });
  const pack = { ...own("replication/manifest.json"), outputs: outputs("replication", /^manifest/) };
  write("replication/manifest.json", JSON.stringify(pack));
  write("replication/manifest.sig", signatureJson(JSON.stringify(pack)));
  const whole = JSON.stringify({ ...own("manifest.json"), protocol, outputs: outputs("", /^manifest|sig$/) });
  write("manifest.json", whole);
  write("manifest.sig", signatureJson(whole));
  return to;
}

describe("an edition before it is published", () => {
  it("is refused where a reader could work out what it hides, with what that is", async () => {
    const [kept, open] = [withThreshold(latest(), 5), withThreshold(latest(), 60)];
    const options = { audit: true, tracing: true, earlier: [] };
    expect(await verifyStaged(kept, options)).toContain("none recovered");
    await expect(verifyStaged(open, options)).rejects.toThrow(/disclosure audit: .* could be worked out; nothing was/);
    expect(await verifyStaged(open, { ...options, audit: false })).toContain("not audited");
    const beside = { ...options, threads: () => 2 };
    expect(await verifyStaged(kept, beside)).toBe(await verifyStaged(kept, options));
    await expect(verifyStaged(open, beside)).rejects.toThrow(/disclosure audit: .* could be worked out; nothing was/);
    for (const folder of [kept, open]) rmSync(folder, { recursive: true });
  });
});
