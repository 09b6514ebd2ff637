import { expect, test } from "vitest";
import type { Ingested } from "../../src/ingest/ingest.ts";
import { dataQuality, qualityJson } from "../../src/ingest/quality/quality.ts";
import { ingested, source, table } from "../support/ingest-project.ts";

const latin = (text: string): Uint8Array => Buffer.from(text, "latin1");
const month = (i: number): string => `${2014 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}`;
/** Five a month from 2014 to March 2018, none in January 2018. */
const starts = Array.from({ length: 51 }, (_, i) => month(i))
  .filter((one) => one !== "2018-01")
  .flatMap((one) => [1, 2, 3, 4, 5].map((n) => `${one}-0${n}`));
const duos = starts.map((day, i) => `D${i},E1,M${i},B1,${day}`);
const mentors = starts.map((_, i) => `M${i},B1,1950-02-03`);

const FILES = {
  "in/branches.csv": "branch_id,name,region\nB1,Bruxelles,brussels\nB2,Gent,flanders\n",
  "in/mentees.csv": latin(
    "Export du registre\n\nNo;Antenne;Personne;Né le;Sexe\nE1;B1;P1;17/04/1990;F\nE2;B2;P1;18/04/1990;F\nE3;B1;;19/04/1990;H\n" +
      "E4;B1;P4;31/02/1990;H\nE5;B9;P5;20/04/1990;é\nE6;B1;P6;21/04/1990;F;surplus\nE1;B1;P1;17/04/1990;F\n",
  ),
  "in/mentors.csv": `mentor_id,branch_id,birth_on\n${mentors.join("\n")}\n`,
  "in/duos.csv": `duo_id,mentee_id,mentor_id,branch_id,started_on\n${duos.join("\n")}\n`,
};

const MAPPINGS = [
  {
    ...source(
      "programme",
      table("branches", "branch_id,name,region"),
      table("mentors", "mentor_id,branch_id,birth_on"),
      table("duos", "duo_id,mentee_id,mentor_id,branch_id,started_on"),
    ),
    extraction: "2018-03-31",
  },
  {
    ...source("mentees", {
      ...table("mentees", ""),
      dates: "auto",
      columns: {
        mentee_id: "No",
        branch_id: "Antenne",
        person_number: "Personne",
        birth_on: { column: "Né le", dates: "DD/MM/YYYY" },
        gender: { column: "Sexe", codes: { F: "woman", H: "man" } },
      },
    }),
    language: "fr",
    extraction: "2018-03-31",
  },
];

test("a small programme with every trap gives the same report, to the byte", async () => {
  const read = await ingested(FILES, MAPPINGS, async ({ summary }) => summary as Ingested);
  const frame = {
    ...{ pipeline: "small", version: "1", protocolHash: "0".repeat(64), region: "brussels", period: "2014-2016" },
    synthetic: true,
    asOf: "2018-03-31",
    refused: [],
  };
  const quality = dataQuality({ ...frame, runId: "000000000000" }, read.quality, undefined);
  await expect(qualityJson(quality)).toMatchFileSnapshot("data-quality/small.json");
  const sent = read.rejects.map(({ path, content }) => `${path}\n${content}`).join("\n");
  await expect(sent).toMatchFileSnapshot("data-quality/rejects.txt");
});
