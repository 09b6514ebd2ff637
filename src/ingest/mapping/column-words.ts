import { STAGED, type StagedTable } from "../../catalogue/staging.ts";
import { mappableColumns } from "./mapping.ts";

/** What senders call our columns, in French, Dutch and English, without accents, signs and capitals. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  branch_id: ["branch", "antenne", "kantoor", "office", "bureau", "vestiging", "agence"],
  name: ["name", "nom", "naam"],
  region: ["region", "gewest"],
  mentee_id: ["mentee", "jeune", "jongere", "candidat", "kandidaat", "participant", "deelnemer", "beneficiaire"],
  mentor_id: ["mentor"],
  duo_id: ["duo", "binome", "koppel", "match", "tandem"],
  person_number: [
    ...["numero", "nummer", "nr", "personne", "person", "persoon", "klant", "client", "dossier"],
    ...["demandeur", "demandeuremploi", "werkzoekende", "jobseeker", "actiris", "vdab", "forem"],
    ...["rijk", "rijksnr", "rijksregister", "insz", "niss", "registrenational"],
  ],
  birth_on: [
    ...["datenaissance", "naissance", "nele", "neele", "geboortedatum", "geboren", "geborenop", "datumgeboorte"],
    ...["birth", "birthdate", "datebirth"],
  ],
  gender: ["sexe", "genre", "geslacht", "gender", "sex"],
  origin: [
    ...["origine", "herkomst", "origin", "nationalite", "nationaliteit", "nationality"],
    ...["paysorigine", "landherkomst", "herkomstland", "countryorigin"],
  ],
  qualification: [
    ...["niveauetudes", "niveauetude", "diplome", "qualification", "scholing", "diploma", "opleidingsniveau"],
    ...["hoogstediploma", "studieniveau", "education", "isced", "cite"],
  ],
  info_session_on: ["seanceinfo", "seanceinformation", "sessioninfo", "infosessie", "infosession"],
  intake_on: [
    ...["entretien", "dateentretien", "entretienindividuel", "intake", "dateintake", "intakedatum", "datumintake"],
    ...["gesprek", "individueelgesprek", "datumgesprek", "individualinterview", "interview"],
    ...["kennismaking", "kennismakingsgesprek", "intakegesprek", "entretienintake"],
  ],
  former_sector: ["secteur", "anciensecteur", "secteuractivite", "sector", "vroegeresector"],
  trained_on: [
    "formation",
    "formationsuivie",
    "formationterminee",
    "formationachevee",
    "opleiding",
    "opleidinggevolgd",
    "gevolgdeopleiding",
    "opleidingklaar",
    "opleidingafgerond",
    "training",
    "trainingdone",
  ],
  matched_on: ["matching", "datematch", "matchingdatum", "seancematching", "matchingsessie", "matchingsession"],
  first_meeting_on: ["premiererencontre", "eersteontmoeting", "firstmeeting"],
  started_on: [
    "debut",
    "start",
    "datedebut",
    "begindatum",
    "startdatum",
    "startdate",
    "agreementsigned",
    "conventionsignee",
    "signatureconvention",
    "dateconvention",
    "overeenkomstondertekend",
    "overeenkomstgetekend",
    "ondertekening",
    "ondertekend",
    "getekend",
    "signature",
    "debutduo",
    "startduo",
  ],
  ended_on: ["fin", "einde", "datefin", "einddatum", "enddate"],
  end_reason: ["motiffin", "raisonfin", "motifarret", "redeneinde", "redenstopzetting", "endreason", "reason"],
  assessed_on: ["evaluation", "evaluatie", "assessment"],
  declared_on: [
    "datedeclaration",
    "aangiftedatum",
    "declared",
    "askedon",
    "dateasked",
    "datereponse",
    "jourreponse",
    "datumantwoord",
    "gevraagdop",
    "bevraagdop",
    "datumbevraging",
    "interrogele",
    "demandele",
  ],
  solution: ["solution", "oplossing"],
  solution_on: ["datesolution", "datumoplossing", "since", "depuis", "sinds", "debutsolution"],
  contract_months: [
    "dureemois",
    "duurmaanden",
    "duurinmaanden",
    "dureeenmois",
    "contractmonths",
    "maanden",
    "mois",
    "contractmaanden",
    "contratmois",
    "contratenmois",
    "dureecontrat",
    "dureecontratmois",
    "dureecontratenmois",
    "contractduur",
    "contractduurmaanden",
    "duurcontract",
    "duurcontractmaanden",
    "duurcontractinmaanden",
  ],
  entered_on: ["entree", "instap", "entry", "dateentree", "instapdatum", "entrydate"],
  left_on: ["sortie", "uitstap", "leaving", "datesortie", "uitstapdatum", "exitdate"],
  status_on_entry: ["statutentree", "statusinstap", "entrystatus", "statusentry"],
  disability: ["handicap", "disability"],
  third_country_national: ["paystiers", "derdeland", "thirdcountry"],
  foreign_background: ["origineetrangere", "buitenlandseachtergrond"],
  minority: ["minorite", "minderheid"],
  homeless: ["sansabri", "dakloos"],
  rural: ["zonerurale", "platteland", "ruralarea"],
  leaving_status_on: ["datestatutsortie", "datumstatusuitstap", "statusdate"],
  status_on_leaving: ["statutsortie", "statusuitstap", "statusexit"],
  qualification_gained: ["qualificationobtenue", "kwalificatiebehaald"],
  status_after_6_months: ["statutapres6mois", "statusna6maanden", "status6months", "statut6mois"],
  situation_improved: ["situationamelioree", "situatieverbeterd", "improved"],
  year: ["annee", "jaar"],
  item: ["poste", "post"],
  amount_eur: ["montant", "bedrag", "amount"],
  funder: ["bailleur", "financier", "subsidiant"],
  register: ["register", "registre"],
  from_on: ["datedebut", "debut", "begindatum", "van", "from", "startdate"],
  to_on: ["datefin", "fin", "einddatum", "tot", "to", "enddate"],
  exit: ["motifsortie", "sortie", "uitstroom", "redenuitstroom", "redenuitschrijving", "exit"],
  contract: ["contrat", "contract", "contracttype", "typecontrat", "soortcontract"],
  work_fraction: ["fraction", "taux", "tempstravail", "etp", "tewerkstellingsbreuk", "breuk", "vte", "fte"],
};

/** Words that say nothing of what a column holds. */
const LINKS = new Set(["de", "du", "des", "d", "la", "le", "l", "les", "van", "het", "of", "the"]);
/** Words around what a day is of: `Datum infosessie`. */
const DAYS = new Set(["date", "datum", "day", "jour", "dag"]);
/** Words around, or glued to (in Dutch by an s), what an identifier is of. */
const MARKS = /^(id|n|no|nr|num|numero|nummer|number|code|ref|reference|identifiant)$/;
const GLUED = /^(id|numero)(?=.{3})|(?<=.{3})s?(id|nr|nummer|number)$/g;

function wordsOf(text: string): readonly string[] {
  const words = text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const telling = words.filter((word) => !LINKS.has(word));
  return telling.length === 0 ? words : telling;
}

/** A header's words as one, and without what marks a day or an identifier. */
function readingsOf(header: string, name: string): readonly string[] {
  const words = wordsOf(header);
  const whole = words.join("");
  if (name.endsWith("_on")) return [whole, words.filter((word) => !DAYS.has(word)).join("")];
  if (!isIdentifier(name)) return [whole];
  const marked = words.filter((word) => !MARKS.test(word)).join("");
  return [whole, marked, marked.replaceAll(GLUED, "")].filter((text) => text !== "");
}

const isIdentifier = (name: string): boolean => name.endsWith("_id") || name === "person_number";

/** The staged column a header may stand for in a table, undefined when none is near. */
export function stagedColumnFor(table: StagedTable, header: string): string | undefined {
  return Object.keys(mappableColumns(table)).find(
    (name) =>
      readingsOf(header, name).some(
        (reading) => reading !== "" && (wordsOf(name).join("") === reading || WORDS[name]?.includes(reading) === true),
      ) ||
      (isIdentifier(name) && areAllOf(name, header)),
  );
}

/** Whether each word of a header, less what marks an identifier, is one for a column: `Klantnummer VDAB`. */
function areAllOf(name: string, header: string): boolean {
  const words = wordsOf(header).map((word) => (MARKS.test(word) ? word : word.replaceAll(GLUED, "")));
  return words.length > 1 && words.every((word) => WORDS[name]?.includes(word));
}

/** The staged table whose columns are most like the headers, and how many of them are. */
export function likelyTable(headers: readonly string[]): { readonly table: StagedTable; readonly matches: number } {
  const tables = Object.keys(STAGED) as readonly StagedTable[];
  const scored = tables.map((table) => {
    const found = new Set(headers.flatMap((header) => stagedColumnFor(table, header) ?? []));
    return { table, matches: found.size, share: found.size / Object.keys(mappableColumns(table)).length };
  });
  const [best] = scored.sort((a, b) => b.matches - a.matches || b.share - a.share);
  if (best === undefined) throw new Error("there are no staged tables");
  return best;
}
