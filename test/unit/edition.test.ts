import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { publishEdition } from "../../src/publish/edition.ts";
import { canonicalJson } from "../../src/publish/hash.ts";
import { type Manifest, manifestJson, outputsOf, runIdOf } from "../../src/publish/manifest.ts";

let out = "";
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "edition-"));
});
afterEach(() => {
  rmSync(out, { recursive: true, force: true });
});

const restricted = async () => new Map([["patterns.arrow", "secret"]]);

async function publish(runId: string, year: number, text: string) {
  const files = new Map([["index.html", text]]);
  const manifest: Manifest = {
    pipeline: "test",
    runId,
    version: "0",
    synthetic: true,
    asOf: "2018-03-31",
    protocolHash: "p",
    designHash: "d",
    protocolStanding: {},
    protocol: {},
    inputs: [],
    rows: {},
    outputs: outputsOf(files),
  };
  return publishEdition(
    out,
    year,
    manifest,
    new Map([...files, ["manifest.json", manifestJson(manifest)]]),
    restricted,
  );
}

describe("publishEdition", () => {
  it("puts the edition in place, points latest at it and leaves no staging behind", async () => {
    const edition = await publish("a", 2016, "one");
    expect(edition).toMatchObject({ name: "2016.1", isNew: true });
    expect(readlinkSync(join(out, "latest"))).toBe("2016.1");
    expect(readFileSync(join(out, "latest", "index.html"), "utf8")).toBe("one");
    expect(readdirSync(out).filter((name) => name.startsWith(".staging"))).toEqual([]);
  });

  it("changes nothing when the same run is published again", async () => {
    await publish("a", 2016, "one");
    expect(await publish("a", 2016, "one")).toMatchObject({ name: "2016.1", isNew: false });
    expect(existsSync(join(out, "2016.2"))).toBe(false);
  });

  it("gives another run the next revision", async () => {
    await publish("a", 2016, "one");
    expect((await publish("b", 2016, "two")).name).toBe("2016.2");
    expect(readlinkSync(join(out, "latest"))).toBe("2016.2");
  });

  it("never moves latest to an earlier year", async () => {
    await publish("a", 2016, "one");
    await publish("b", 2015, "two");
    expect(readlinkSync(join(out, "latest"))).toBe("2016.1");
  });

  it("keeps restricted files out of the edition", async () => {
    await publish("a", 2016, "one");
    expect(readFileSync(join(out, "restricted", "2016.1", "patterns.arrow"), "utf8")).toBe("secret");
    expect(existsSync(join(out, "2016.1", "patterns.arrow"))).toBe(false);
  });

  it("does not trust an edition that was tampered with", async () => {
    await publish("a", 2016, "one");
    writeFileSync(join(out, "2016.1", "index.html"), "changed");
    expect(await publish("a", 2016, "one")).toMatchObject({ name: "2016.2", isNew: true });
  });
});

describe("run id", () => {
  it("depends on inputs, protocol and version, not on the order of settings", () => {
    const parts = { inputs: [], protocol: { a: 1, b: [2] }, version: "1", earlierEditions: [] };
    expect(runIdOf(parts)).toMatch(/^[0-9a-f]{12}$/);
    expect(runIdOf({ ...parts, protocol: { b: [2], a: 1 } })).toBe(runIdOf(parts));
    expect(runIdOf({ ...parts, version: "2" })).not.toBe(runIdOf(parts));
  });

  it("canonical JSON sorts keys and drops undefined", () => {
    expect(canonicalJson({ b: undefined, c: [1, { z: 1, a: null }], a: "x" })).toBe(
      '{"a":"x","c":[1,{"a":null,"z":1}]}',
    );
  });
});
