import { describe, expect, it } from "vitest";
import { pdfPageWords } from "../../src/publish/pdf-words.ts";

/** A page that shows one literal of two-byte codes: 0x0028 is 7, 0x0029 is 3, 0x0035 is 5. */
const pageWith = (literal: string): Uint8Array =>
  Buffer.from(
    [
      "1 0 obj\n<< /Type /Page /Resources << /Font << /f0 2 0 R >> >> /Contents 4 0 R >>\nendobj",
      "2 0 obj\n<< /Type /Font /ToUnicode 3 0 R >>\nendobj",
      "3 0 obj\n<< >>\nstream\n3 beginbfchar\n<0028> <0037>\n<0029> <0033>\n<0035> <0035>\nendbfchar\nendstream\nendobj",
      `4 0 obj\n<< >>\nstream\nBT /f0 10 Tf [(${literal})] TJ ET\nendstream\nendobj`,
    ].join("\n"),
    "latin1",
  );

describe("the words of a PDF's pages", () => {
  it("hold what stands between parentheses that need no escape, since they pair", () => {
    expect(pdfPageWords(pageWith("\u0000\u0035\u0000(\u0000)"))).toBe("573");
    expect(pdfPageWords(pageWith("\u0000\\(\u0000\u0035"))).toBe("75");
    expect(pdfPageWords(pageWith("\\000\\051\\000\\065"))).toBe("35");
  });
});
