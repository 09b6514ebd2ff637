import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NodeCompiler, type NodeError } from "@myriaddreamin/typst-ts-node-compiler";
import { packageRoot } from "../package-root.ts";
import type { Document, Drawings } from "./document.ts";
import { pdfContent } from "./pdf-content.ts";
import { fontFiles } from "./pdf-font.ts";

/** Templates are read where they lie, from source and from `dist` alike. */
const templates = join(packageRoot(), "src", "document", "typst");

/**
 * A document as tagged PDF, conforming to PDF/UA-1: title, language, headings in order, table headers, alternative
 * texts. All content reaches Typst as data, never as markup; the file's date is the document's, so the same document
 * gives the same bytes anywhere.
 * @throws where a figure has no alternative text or no drawing
 */
export async function renderPdf(document: Document, drawings: Drawings): Promise<Uint8Array> {
  const content = JSON.stringify(pdfContent(document, drawings));
  const compiler = theCompiler();
  const compiled = compiler.compile({ mainFilePath: join(templates, "report.typ"), inputs: { document: content } });
  const problems = compiled.takeDiagnostics();
  if (compiled.result === null || problems !== null)
    throw new Error(`PDF of "${document.title}": ${messages(compiler, problems)}`);
  try {
    return new Uint8Array(compiler.pdf(compiled.result, { pdfStandard: "ua-1" }));
  } finally {
    compiler.evictCache(0);
  }
}

let opened: NodeCompiler | undefined;

/** One compiler a thread: fonts are read once. */
function theCompiler(): NodeCompiler {
  opened ??= NodeCompiler.create({
    workspace: templates,
    fontArgs: [{ fontBlobs: fontFiles.map((file) => readFileSync(file)) }],
  });
  return opened;
}

function messages(compiler: NodeCompiler, problems: NodeError | null): string {
  if (problems === null) return "nothing was laid out";
  return compiler.fetchDiagnostics(problems).map(describe).join("; ");
}

function describe(problem: { message?: unknown; path?: unknown }): string {
  return `${String(problem.message)} (${String(problem.path)})`;
}
