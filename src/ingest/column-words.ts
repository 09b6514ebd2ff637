import { STAGED, type StagedTable } from "../catalogue/staging.ts";
import { mappableColumns } from "./mapping.ts";

/** What senders call our columns, in French, Dutch and English, without accents, signs and capitals. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  branch_id: ["branch", "antenne", "kantoor", "office"],
  name: ["name", "nom", "naam"],
  region: ["region", "gewest"],
  mentee_id: ["mentee", "menteeid", "jeune", "jongere"],
  mentor_id: ["mentor", "mentorid"],
  duo_id: ["duo", "duoid", "binome", "koppel", "match"],
  person_number: [
    ...["numero", "numeropersonne", "personnumber", "persoonsnummer", "nummer", "nr", "idpersonne"],
    ...["klantnummer", "numeroclient", "clientnumber", "dossiernummer", "numerodossier", "nodemandeuremploi"],
  ],
  birth_on: ["datenaissance", "naissance", "geboortedatum", "geboren", "birth", "birthdate", "dateofbirth"],
  gender: ["sexe", "genre", "geslacht", "gender", "sex"],
  origin: ["origine", "herkomst", "origin", "nationalite", "nationaliteit"],
  qualification: ["niveauetudes", "diplome", "qualification", "scholing", "diploma", "opleidingsniveau", "education"],
  info_session_on: ["seanceinfo", "infosessie", "infosession"],
  intake_on: ["entretien", "intake", "gesprek"],
  former_sector: ["secteur", "sector"],
  trained_on: ["formation", "opleiding", "training"],
  matched_on: ["matching", "datematch", "matchingdatum"],
  first_meeting_on: ["premiererencontre", "eersteontmoeting", "firstmeeting"],
  started_on: ["debut", "start", "datedebut", "startdatum", "startdate"],
  ended_on: ["fin", "einde", "datefin", "einddatum", "enddate"],
  end_reason: ["motiffin", "redeneinde", "endreason", "reason"],
  assessed_on: ["evaluation", "evaluatie", "assessment"],
  declared_on: ["datedeclaration", "aangiftedatum", "declared"],
  solution: ["solution", "oplossing"],
  solution_on: ["datesolution", "datumoplossing"],
  contract_months: ["dureemois", "duurmaanden", "duurinmaanden", "dureeenmois", "contractmonths", "maanden", "mois"],
  entered_on: ["entree", "instap", "entry", "dateentree", "instapdatum"],
  left_on: ["sortie", "uitstap", "leaving", "datesortie", "uitstapdatum"],
  status_on_entry: ["statutentree", "statusinstap", "entrystatus"],
  disability: ["handicap", "disability"],
  third_country_national: ["paystiers", "derdeland", "thirdcountry"],
  foreign_background: ["origineetrangere", "buitenlandseachtergrond"],
  minority: ["minorite", "minderheid"],
  homeless: ["sansabri", "dakloos"],
  rural: ["zonerurale", "platteland", "ruralarea"],
  leaving_status_on: ["datestatutsortie", "datumstatusuitstap"],
  status_on_leaving: ["statutsortie", "statusuitstap"],
  qualification_gained: ["qualificationobtenue", "kwalificatiebehaald"],
  status_after_6_months: ["statutapres6mois", "statusna6maanden"],
  situation_improved: ["situationamelioree", "situatieverbeterd"],
  year: ["annee", "jaar"],
  item: ["poste", "post"],
  amount_eur: ["montant", "bedrag", "amount"],
  funder: ["bailleur", "financier", "subsidiant"],
  register: ["register", "registre"],
  from_on: ["datedebut", "debut", "begindatum", "van", "from", "startdate"],
  to_on: ["datefin", "fin", "einddatum", "tot", "to", "enddate"],
  exit: ["motifsortie", "sortie", "uitstroom", "redenuitstroom", "exit"],
  contract: ["contrat", "contract", "contracttype", "typecontrat", "soortcontract"],
  work_fraction: ["fraction", "taux", "tewerkstellingsbreuk", "breuk", "fte"],
};

const plain = (text: string): string =>
  text
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");

/** The staged column a header may stand for in a table, undefined when none is near. */
export function stagedColumnFor(table: StagedTable, header: string): string | undefined {
  const wanted = plain(header);
  if (wanted === "") return undefined;
  return Object.keys(mappableColumns(table)).find(
    (name) => plain(name) === wanted || WORDS[name]?.includes(wanted) === true,
  );
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
