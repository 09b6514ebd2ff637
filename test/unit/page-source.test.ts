import { expect, it } from "vitest";
import { pageSource } from "../../src/document/page-source.ts";

it("a page says behind the source what its cells hold; without either it says nothing", () => {
  expect(pageSource({ source: "Source: register.", cellNotes: "In brackets: the 95% interval." })).toBe(
    "Source: register. In brackets: the 95% interval.",
  );
  expect(pageSource({ source: "Source: register." })).toBe("Source: register.");
  expect(pageSource({ cellNotes: "“Too few”: too few people." })).toBe("“Too few”: too few people.");
  expect(pageSource({})).toBe("");
});
