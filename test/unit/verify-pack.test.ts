import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packFiles } from "../../src/exchange/pack.ts";
import { readPack } from "../../src/verify/pack.ts";
import { newFolder } from "../support/evaluate-command.ts";

it("patterns that were handed over are told from an edition, and from what is no manifest at all", () => {
  const folder = newFolder();
  const holding = (manifest: string | Uint8Array) => {
    writeFileSync(join(folder, "manifest.json"), manifest);
    return () => readPack(folder);
  };
  const facts = { pipeline: "year", synthetic: true, register: "actiris" } as unknown as Parameters<
    typeof packFiles
  >[0];
  const handedOver = packFiles(facts, {}, []).get("manifest.json") ?? "";
  expect(holding(handedOver)).toThrow("names the folder under `patterns`");
  expect(holding("{}")).toThrow("is no manifest of duo-impact: it lists no `outputs`");
  expect(holding("{")).toThrow("is no JSON");
});
