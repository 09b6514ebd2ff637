import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { messageKeys } from "../../src/wording/messages.ts";
import { literalsOf } from "../support/literals.ts";

/* The compiler holds every key that is asked for against the messages; here every message is held against what asks. */

interface Source {
  /** Texts and templates of the file, each as a pattern of keys. */
  readonly literals: readonly string[];
  /** Families whose keys its functions and settings take. */
  readonly families: readonly string[];
  readonly imports: readonly string[];
}

const NAME = "[^.]+";

const sources = new Map(
  ["src", "reports"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && !path.endsWith("every-message-key.ts"))
      .map((path) => [resolve(folder, path), sourceOf(join(folder, path))] as const),
  ),
);

function sourceOf(path: string): Source {
  const text = readFileSync(path, "utf8");
  const all = (pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map(([, found = ""]) => found);
  const families = all(/KeyUnder<"([\w.]+)">/g);
  const named = all(/\bnamed\("([\w.]+)", *(?!`)/g).map((family) => `${pattern(family)}\\..+`);
  const chosen = all(/\bnamed\(\s*`([^`]+)`,/g).map(
    (family) => `${pattern(family.replaceAll(/\$\{\w+\}/g, "0")).replaceAll("0", NAME)}\\..+`,
  );
  const passedOn = new Set(families.map((family) => `${pattern(family)}\\.${NAME}`));
  return {
    literals: [...literalsOf(text).map((parts) => parts.map(pattern).join(NAME)), ...named, ...chosen].filter(
      (one) => /[a-z]/i.test(one.replaceAll(NAME, "")) && !passedOn.has(one),
    ),
    families,
    imports: all(/from "(\.[^"]+)"/g).map((other) => resolve(dirname(path), other)),
  };
}

function pattern(text: string): string {
  return text.replaceAll(/[^\w]/g, "\\$&");
}

/** Patterns of all keys that something in the code may ask for. */
const asked = [...sources.values()].flatMap(({ literals, families, imports }) => {
  const taken = [...families, ...imports.flatMap((other) => sources.get(other)?.families ?? [])];
  const prefixes = ["", ...new Set(taken.map((family) => `${pattern(family)}\\.`))];
  return prefixes.flatMap((prefix) => literals.map((literal) => `${prefix}${literal}`));
});

test("every message is used by something", () => {
  const used = new RegExp(`^(?:${[...new Set(asked)].join("|")})$`);
  expect([...messageKeys("en")].filter((key) => !used.test(key))).toEqual([]);
});
