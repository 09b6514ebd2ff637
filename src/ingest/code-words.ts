import { STAGED_CODES } from "../catalogue/staging.ts";

/** What senders write for our codes, in French, Dutch and English, without accents, signs and capitals. */
const WORDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  gender: {
    woman: ["f", "femme", "feminin", "v", "vrouw", "vrouwelijk", "female"],
    man: ["m", "h", "homme", "masculin", "mannelijk", "male"],
    other: ["x", "autre", "ander", "andere", "nonbinaire", "nietbinair", "nonbinary"],
  },
  origin: {
    belgian: ["belge", "belgique", "belg", "belgie", "belgisch"],
    eu: ["ue", "unioneuropeenne", "europeseunie"],
    other_european: ["europehorsue", "europabuiteneu", "europeoutsideeu", "autreeurope"],
    sub_saharan_african: ["afriquesubsaharienne", "subsaharaansafrika", "subsaharanafrica"],
    near_middle_east: ["procheetmoyenorient", "nabijeenmiddenoosten", "nearandmiddleeast", "moyenorient"],
    other_asian: ["autreasie", "anderazie", "asieautre", "asiaother", "asie", "azie"],
    american: ["amerique", "ameriques", "amerika", "americas"],
    unknown: ["inconnu", "inconnue", "onbekend"],
  },
  qualification: {
    low: ["faible", "laaggeschoold", "laag", "isced02", "primaire", "ceb", "cesi", "lageronderwijs"],
    medium: ["moyen", "moyenne", "middengeschoold", "midden", "isced34", "cess", "hogersecundair"],
    high: [
      ...["eleve", "elevee", "hooggeschoold", "hoog", "isced58", "superieur", "hogeronderwijs"],
      ...["bachelier", "bachelor", "master"],
    ],
    unknown: [
      "nonreconnu",
      "diplomenonreconnu",
      "nieterkend",
      "nieterkenddiploma",
      "notrecognised",
      "inconnu",
      "onbekend",
    ],
  },
  contract: {
    permanent: ["cdi", "vast", "onbepaaldeduur", "dureeindeterminee"],
    fixed_term: ["cdd", "bepaaldeduur", "dureedeterminee"],
    agency: ["interim", "interimaire", "uitzendarbeid", "uitzendkracht"],
    self_employed: ["independant", "independante", "zelfstandig", "zelfstandige"],
    subsidised: ["emploiaide", "contrataide", "gesubsidieerd", "article60", "artikel60"],
    student: ["etudiant", "etudiante", "studentenarbeid", "jobetudiant"],
  },
  end_reason: {
    completed: ["termine", "acheve", "complet", "afgerond", "voltooid"],
    job_found: ["emploi", "emploitrouve", "travailtrouve", "werk", "werkgevonden", "baangevonden"],
    moved: ["demenagement", "demenage", "verhuisd", "verhuis"],
    other: ["autre", "ander", "andere"],
  },
  exit: {
    work: ["travail", "emploi", "werk"],
    training: ["formation", "opleiding"],
    deregistered: ["radiation", "desinscription", "uitschrijving"],
    emigrated: ["departaletranger", "vertreknaarbuitenland"],
    died: ["deces", "overlijden", "overleden"],
    other: ["autre", "andere", "ander"],
  },
  solution: {
    job: ["emploi", "travail", "baan", "werk"],
    training: ["formation", "opleiding"],
    internship: ["stage"],
    other: ["autre", "andere", "ander"],
    none: ["aucune", "aucun", "geen"],
    unknown: ["inconnu", "inconnue", "onbekend"],
  },
};

const plain = (text: string): string =>
  text
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");

/** Our code for a sender's text, where its word is known; a proposal to be checked, never a translation. */
export function likelyCode(column: string, text: string): string | undefined {
  const own = STAGED_CODES[column]?.find((code) => code === text || plain(code) === plain(text));
  if (own !== undefined) return own;
  const word = plain(text);
  return Object.entries(WORDS[column] ?? {}).find(([, words]) => words.includes(word))?.[0];
}
