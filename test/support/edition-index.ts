import type { IndexPage } from "../../src/document/index-page.ts";
import { investorDocument } from "./investor-document.ts";

/* The opening page of an edition; synthetic. */

const report = (name: string, text: string) =>
  (["html", "pdf", "xlsx"] as const).map((format) => ({
    href: `reports/${name}.${format}`,
    text: `${text}, ${format.toUpperCase()}`,
    detail: format === "xlsx" ? "Workbook with every table" : format === "pdf" ? "For printing" : "For reading",
  }));

export const editionIndex: IndexPage = {
  language: "en",
  locale: "en-GB",
  title: "Edition 2018.1",
  organisation: "Mentoring network",
  series: "Impact evaluation",
  kind: "Edition 2018.1",
  lead: "Every report of this edition, its metrics as data, and what is needed to compute them again.",
  facts: investorDocument.facts,
  notice: { lead: "Synthetic data:", text: "people and results are invented." },
  skipToContent: "Skip to the files",
  groups: [
    {
      title: "Investor statement",
      text: "Brussels-Capital",
      links: [
        ...report("investor-brussels-en", "English"),
        ...report("investor-brussels-fr", "Français").map((link) => ({ ...link, language: "fr" as const })),
      ],
    },
    { title: "Metrics", links: [{ href: "metrics/metrics.csv", text: "metrics.csv", detail: "One row a value" }] },
    { title: "Replication", links: [{ href: "replication/README.md", text: "How to compute every number again" }] },
  ],
};
