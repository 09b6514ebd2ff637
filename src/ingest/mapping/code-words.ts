import { STAGED_CODES } from "../../catalogue/staging.ts";

/** What senders write for our codes, in French, Dutch and English, without accents, signs and capitals. */
const WORDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  gender: {
    woman: ["f", "femme", "femmes", "feminin", "v", "vrouw", "vrouwen", "vrouwelijk", "female", "women"],
    man: ["m", "h", "homme", "hommes", "masculin", "mannen", "mannelijk", "male", "men"],
    other: ["x", "autre", "ander", "andere", "nonbinaire", "nietbinair", "nonbinary"],
  },
  origin: {
    belgian: ["belge", "belgique", "belg", "belgie", "belgisch"],
    eu: ["ue", "unioneuropeenne", "europeseunie"],
    other_european: [
      ...["europehorsue", "europabuiteneu", "europeoutsideeu", "autreeurope"],
      ...["autreeuropeenne", "andereeuropese"],
    ],
    maghreb: ["maghrebine", "maghrebijnse", "maghrebijns"],
    sub_saharan_african: [
      ...["afriquesubsaharienne", "subsaharaansafrika", "subsaharanafrica", "afrikabezuidendesahara"],
      ...["autreafricaine", "andereafrikaanse", "subsaharienne", "subsaharaanse"],
    ],
    near_middle_east: ["procheetmoyenorient", "nabijeenmiddenoosten", "nearandmiddleeast", "moyenorient"],
    other_asian: [
      "autreasie",
      "anderazie",
      "asieautre",
      "asiaother",
      "asie",
      "azie",
      "autreasiatique",
      "andereaziatische",
    ],
    american: ["amerique", "ameriques", "amerika", "americas", "americaine", "amerikaanse"],
    unknown: ["inconnu", "inconnue", "onbekend"],
  },
  qualification: {
    low: [
      "faible",
      "bas",
      "basse",
      "laaggeschoold",
      "laag",
      "isced02",
      "cite02",
      "primaire",
      "ceb",
      "cesi",
      "lageronderwijs",
    ],
    medium: ["moyen", "moyenne", "middengeschoold", "midden", "isced34", "cite34", "cess", "hogersecundair"],
    high: [
      ...["eleve", "elevee", "hooggeschoold", "hoog", "isced58", "cite58", "superieur", "hogeronderwijs"],
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
    mentee_stopped: [
      "arretmentee",
      "arretjeune",
      "menteegestopt",
      "jongeregestopt",
      "deelnemergestopt",
      "menteestopped",
    ],
    mentor_stopped: ["arretmentor", "mentorgestopt", "mentorstopped"],
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

/**
 * Our code for a sender's text, where its word is known, or what stands before or in its brackets and agrees: `Bas (CITE 0-2)`.
 * A proposal to be checked, never a translation.
 */
export function likelyCode(column: string, text: string): string | undefined {
  const own = STAGED_CODES[column]?.find((code) => code === text || plain(code) === plain(text));
  const whole = own ?? codeOf(column, text);
  if (whole !== undefined) return whole;
  const [code, ...others] = new Set(text.split(/[()]/).flatMap((part) => codeOf(column, part) ?? []));
  return others.length === 0 ? code : undefined;
}

const codeOf = (column: string, text: string): string | undefined =>
  Object.entries(WORDS[column] ?? {}).find(([, words]) => words.includes(plain(text)))?.[0];
