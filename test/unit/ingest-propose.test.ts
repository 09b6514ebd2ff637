import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readDelimited } from "../../src/ingest/delimited/read-delimited.ts";
import { likelyCode } from "../../src/ingest/mapping/code-words.ts";
import { stagedColumnFor } from "../../src/ingest/mapping/column-words.ts";
import { loadSourceMapping, SourceMapping } from "../../src/ingest/mapping/mapping.ts";
import { proposeMapping } from "../../src/ingest/mapping/propose-mapping.ts";
import { packageRoot } from "../../src/package-root.ts";

const csv = `NUMÉRO;DATE_NAISSANCE;SEXE;Taux
1;31/01/1990;F;0,5
2;01/02/1991;H;1
3;03/04/1992;F;
`;

test("a mapping is proposed for an unknown file: table, columns, dates, separators and codes to translate", () => {
  const table = readDelimited(csv);
  const text = proposeMapping("in/Chercheurs 2018.csv", {
    ...table,
    dialect: { ...table.dialect, encoding: "windows-1252" },
  });
  expect(parse(text)).toEqual({
    source: "chercheurs-2018",
    title: "CHOOSE",
    tables: [
      {
        table: "jobseekers",
        files: "CHOOSE/Chercheurs 2018.csv",
        csv: { delimiter: ";", encoding: "windows-1252", decimal: "." },
        dates: "DD/MM/YYYY",
        columns: {
          person_number: "NUMÉRO",
          birth_on: "DATE_NAISSANCE",
          gender: { column: "SEXE", codes: { F: "woman", H: "man" } },
        },
      },
    ],
  });
  expect(text).toContain("# register has to be mapped: say `register: NAME` below `title`, or map a column.");
  expect(text).toContain("# Codes of gender that were guessed by their words; check them: F, H.");
  expect(text).toContain("# Codes of gender: woman, man, other.");
});

test("once its gaps are filled the proposal is a mapping", () => {
  const text = proposeMapping("c.csv", readDelimited(csv));
  const filled = text.replace("title: CHOOSE", "title: Extract\nregister: actiris");
  expect(SourceMapping.safeParse(parse(filled)).error?.issues ?? []).toEqual([]);
});

test("texts that no word is known for stay to be chosen", () => {
  const text = proposeMapping(
    "e.csv",
    readDelimited("N° client;Van;Tot;Contrat\nP1;2016-01-01;;CDI\nP2;2016-01-01;;Prêt\nP3;2016-01-01;;Intérim\n"),
  );
  const [table] = parse(text).tables;
  expect(table.table).toBe("employment_spells");
  expect(table.columns.contract.codes).toEqual({ CDI: "permanent", Intérim: "agency", Prêt: "CHOOSE" });
});

test("an export of a survey tool is told from a table of ours", () => {
  const lime =
    "id,submitdate,lastpage,startlanguage,Q1\n1,2016-05-01 10:00:00,3,fr,A1\n2,2016-05-02 10:00:00,3,nl,A2\n";
  expect(proposeMapping("lime.csv", readDelimited(lime))).toContain("# It looks like an export of limesurvey:");
  expect(proposeMapping("c.csv", readDelimited(csv))).not.toContain("It looks like an export");
});

test.each([
  [
    "Code jeune;Sexe;Date de naissance;Diplôme;Pays d'origine;Bureau;N° Actiris\nJ1;F;12/03/1996;CESS;Maroc;B;9\n",
    {
      mentee_id: "Code jeune",
      gender: { column: "Sexe", codes: { F: "woman" } },
      birth_on: "Date de naissance",
      qualification: { column: "Diplôme", codes: { CESS: "medium" } },
      origin: { column: "Pays d'origine", codes: { Maroc: "CHOOSE" } },
      branch_id: "Bureau",
      person_number: "N° Actiris",
    },
  ],
  [
    "Duonummer;Nr. jongere;Nr. mentor;Startdatum;Reden einde\nD1;J1;M1;01/02/2016;werk gevonden\n",
    {
      duo_id: "Duonummer",
      mentee_id: "Nr. jongere",
      mentor_id: "Nr. mentor",
      started_on: "Startdatum",
      end_reason: { column: "Reden einde", codes: { "werk gevonden": "job_found" } },
    },
  ],
])("headers as people write them are known: %j", (text, columns) => {
  expect(parse(proposeMapping("e.csv", readDelimited(text))).tables[0].columns).toEqual(columns);
});

test("what nobody is like is told on both sides: ours that could be given, theirs that are not read", () => {
  const text = proposeMapping(
    "d.csv",
    readDelimited("Duonummer;Mentee;Mentor;Vestiging;Handtekening\nD1;E1;M1;B1;x\n"),
  );
  expect(text).toContain(
    "# Could be mapped too, but no column is like it: matched_on, first_meeting_on, started_on, ended_on, end_reason, assessed_on.\n" +
      "# Columns of the file that are not read: Handtekening.\n",
  );
  const whole = proposeMapping("b.csv", readDelimited("Vestigingsnummer;Naam;Gewest\nB1;a;x\n"));
  expect(parse(whole).tables[0].columns).toEqual({ branch_id: "Vestigingsnummer", name: "Naam", region: "Gewest" });
  expect(whole).not.toMatch(/Could be mapped|not read/);
});

test.each([
  ["duos", "Overeenkomst getekend", "started_on"],
  ["declared_outcomes", "Bevraagd op", "declared_on"],
  ["declared_outcomes", "Duur contract (maanden)", "contract_months"],
  ["declared_outcomes", "Durée du contrat en mois", "contract_months"],
  ["jobseekers", "Persoonsnummer", "person_number"],
] as const)("of %s, %s is %s", (table, header, column) => {
  expect(stagedColumnFor(table, header)).toBe(column);
});

test("amounts with points between thousands have a decimal comma", () => {
  const text = "Région;Année;Poste;Montant\nBruxelles;2016;Loyer;1.234,56\nLiège;2016;Loyer;12.000,00\n";
  expect(parse(proposeMapping("b.csv", readDelimited(text))).tables[0]).toMatchObject({
    table: "budget",
    csv: { decimal: "," },
  });
});

test("what stands before brackets and in them is one code, or none where they disagree", () => {
  const of = (text: string) => likelyCode("qualification", text);
  expect(["Bas (CITE 0-2)", "Hooggeschoold (ISCED 5–8)", "Niveau (CITE 3-4)"].map(of)).toEqual([
    "low",
    "high",
    "medium",
  ]);
  expect(of("Bas (CITE 5-8)")).toBeUndefined();
  expect(likelyCode("origin", "Belgique (UE)")).toBeUndefined();
  expect(likelyCode("origin", "Asie (autre)")).toBe("other_asian");
});

test.each(["Entretien individuel", "Individueel gesprek", "Séance de matching", "Matchingsessie", "Formation suivie"])(
  "the step is known by the name that reports give it: %s",
  (name) => {
    const columns = (["mentees", "mentors", "duos"] as const).map((table) => stagedColumnFor(table, name));
    expect(columns.filter((column) => /^(intake|matched|trained)_on$/.test(column ?? "")).length).toBeGreaterThan(0);
  },
);

test.each(["mentees", "mentors", "duos", "outcomes", "esf", "budget", "actiris-register-2018", "vdab-register-2026"])(
  "the sample's own headers are known: %s",
  (source) => {
    const { tables } = loadSourceMapping(join(packageRoot(), "pipelines", "sources"), source);
    const mapped = tables.flatMap(({ table, columns }) =>
      Object.entries(columns).flatMap(([name, given]) => {
        const header =
          typeof given === "string" ? given : given !== null && "column" in given ? given.column : undefined;
        return typeof header === "string" ? [{ table, name, header }] : [];
      }),
    );
    expect(mapped.length).toBeGreaterThan(0);
    for (const { table, name, header } of mapped)
      expect([header, stagedColumnFor(table, header)]).toEqual([header, name]);
  },
);

test("Dutch names of people, agreements, training and ends are known", () => {
  expect(stagedColumnFor("jobseekers", "Klantnummer VDAB")).toBe("person_number");
  expect(stagedColumnFor("mentees", "Rijksnr. VDAB/Actiris")).toBe("person_number");
  expect(stagedColumnFor("mentees", "Datum infosessie")).toBe("info_session_on");
  expect(stagedColumnFor("mentees", "Date de la s\u00e9ance d\u2019information")).toBe("info_session_on");
  expect(stagedColumnFor("mentees", "Kennismakingsgesprek")).toBe("intake_on");
  expect(stagedColumnFor("mentors", "Formation termin\u00e9e le")).toBe("trained_on");
  expect(stagedColumnFor("mentees", "Datum")).toBeUndefined();
  expect(likelyCode("origin", "Andere Aziatische")).toBe("other_asian");
  expect(likelyCode("origin", "Autre africaine (subsaharienne)")).toBe("sub_saharan_african");
  expect(stagedColumnFor("duos", "Ondertekend")).toBe("started_on");
  expect(stagedColumnFor("mentors", "Opleiding klaar")).toBe("trained_on");
  expect(likelyCode("end_reason", "Deelnemer gestopt")).toBe("mentee_stopped");
});
