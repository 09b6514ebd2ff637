import { join } from "node:path";
import { drawBudget } from "./generator/budget.ts";
import { databaseOf } from "./generator/database.ts";
import { drawDeclared } from "./generator/declared.ts";
import { drawEsf } from "./generator/esf.ts";
import { csvOf, writeText, writeWorkbook } from "./generator/files.ts";
import { ACTIRIS_2026, drawModern, VDAB_2026 } from "./generator/modern.ts";
import { drawProgramme } from "./generator/programme.ts";
import { drawLimeSurvey, drawTypeform } from "./generator/questionnaires.ts";
import { spoilDatabase, spoilExtract } from "./generator/quirks.ts";
import { randomOf } from "./generator/random.ts";
import { actirisExtract, type Extract, vdabSheets } from "./generator/registers.ts";
import { tellStory } from "./generator/story.ts";

/*
 * Writes the sample data beside this file: npx tsx data-sample/generate.ts
 * Everybody in it is invented. The same bytes come out each time.
 */
const folder = import.meta.dirname;
const log = (line: string) => process.stderr.write(`${line}\n`);
const NOTE = "SYNTHETIC DATA: every person, number, date and answer in this folder is invented. See ../README.md.\n";
const DUTCH_NOTE = "SYNTHETISCHE GEGEVENS: alle personen, nummers en data zijn verzonnen.";

const story = tellStory(log);
const actiris = drawModern(ACTIRIS_2026, [190, 210, 230]);
const vdab = drawModern(VDAB_2026, [80, 90, 100]);
const programme = drawProgramme([story, actiris, vdab]);
const database = spoilDatabase(databaseOf(programme, drawDeclared(programme.duos)));

for (const [name, table] of Object.entries(database)) {
  writeText(join(folder, "programme", `${name}.csv`), csvOf(table, ","));
}
writeText(join(folder, "programme", "esf.csv"), csvOf(drawEsf(programme), ","));
writeText(join(folder, "programme", "budget.csv"), csvOf(drawBudget(), ","));
writeActiris("actiris-2018", spoilExtract(actirisExtract(story), { late: "12/04/2018", many: true }));
writeActiris("actiris-2026", spoilExtract(actirisExtract(actiris), { late: "13/04/2026", many: false }));
await writeWorkbook(
  join(folder, "vdab-2026", "vdab-synthetic.xlsx"),
  DUTCH_NOTE,
  vdabSheets(vdab, randomOf("quirks of vdab")),
);
writeText(join(folder, "questionnaires", "limesurvey-synthetic.csv"), drawLimeSurvey(programme.duos));
writeText(join(folder, "questionnaires", "typeform-synthetic.csv"), drawTypeform(programme.duos));
for (const name of ["programme", "actiris-2018", "actiris-2026", "vdab-2026", "questionnaires"]) {
  writeText(join(folder, name, "SYNTHETIC.md"), NOTE);
}

function writeActiris(name: string, { persons, registrations, jobs }: Extract): void {
  const tables = { chercheurs: persons, inscriptions: registrations, emplois: jobs };
  for (const [file, table] of Object.entries(tables)) {
    writeText(join(folder, name, `${file}.csv`), csvOf(table, ";", "\r\n"), "windows-1252");
  }
}
