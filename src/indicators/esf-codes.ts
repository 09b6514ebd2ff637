type Titles = Readonly<Record<"en" | "fr" | "nl", string>>;

/** A common indicator of the European Social Fund Plus. */
interface EsfCode {
  /** As in Annex I of Regulation (EU) 2021/1057. */
  readonly code: string;
  readonly title: Titles;
  /** The pair of code and name follows the annex's order and was not read in an official page. */
  readonly toVerify: boolean;
}

const code = (name: string, toVerify: boolean, en: string, fr: string, nl: string): EsfCode => ({
  code: name,
  title: { en, fr, nl },
  toVerify,
});

/** Outputs by the year of entry, results by the year of leaving. */
export const ESF_CODES: readonly EsfCode[] = [
  code("EECO01", true, "Participants", "Participants", "Deelnemers"),
  code(
    "EECO02",
    true,
    "Unemployed, including long-term unemployed",
    "Au chômage, y compris de longue durée",
    "Werklozen, met inbegrip van langdurig werklozen",
  ),
  code("EECO03", true, "Long-term unemployed", "Au chômage de longue durée", "Langdurig werklozen"),
  code("EECO04", true, "Inactive", "Inactifs et inactives", "Inactieven"),
  code(
    "EECO05",
    false,
    "Employed, including self-employed",
    "En emploi, y compris indépendant",
    "Werkenden, met inbegrip van zelfstandigen",
  ),
  code("EECO06", true, "Under 18 years of age", "Moins de 18 ans", "Jonger dan 18 jaar"),
  code("EECO07", true, "18 to 29 years of age", "De 18 à 29 ans", "18 tot en met 29 jaar"),
  code("EECO08", true, "55 years of age and over", "55 ans et plus", "55 jaar en ouder"),
  code(
    "EECO09",
    true,
    "At most lower secondary education (ISCED 0–2)",
    "Au plus l’enseignement secondaire inférieur (CITE 0–2)",
    "Hoogstens lager secundair onderwijs (ISCED 0–2)",
  ),
  code(
    "EECO10",
    true,
    "Upper secondary or post-secondary education (ISCED 3–4)",
    "Enseignement secondaire supérieur ou postsecondaire (CITE 3–4)",
    "Hoger secundair of postsecundair onderwijs (ISCED 3–4)",
  ),
  code(
    "EECO11",
    true,
    "Tertiary education (ISCED 5–8)",
    "Enseignement supérieur (CITE 5–8)",
    "Hoger onderwijs (ISCED 5–8)",
  ),
  code("EECO12", false, "With disabilities", "En situation de handicap", "Met een handicap"),
  code("EECO13", false, "Third-country nationals", "Ressortissants de pays tiers", "Onderdanen van derde landen"),
  code("EECO14", false, "With a foreign background", "D’origine étrangère", "Met een buitenlandse achtergrond"),
  code("EECO15", false, "Minorities", "Minorités", "Minderheden"),
  code(
    "EECO16",
    true,
    "Homeless or affected by housing exclusion",
    "Sans-abri ou en situation d’exclusion liée au logement",
    "Daklozen of personen die te maken hebben met uitsluiting op het gebied van huisvesting",
  ),
  code("EECO17", true, "From rural areas", "Venant de zones rurales", "Afkomstig uit plattelandsgebieden"),
  code(
    "EECR01",
    false,
    "Searching for a job on leaving",
    "À la recherche d’un emploi à la sortie",
    "Op zoek naar werk bij uitstap",
  ),
  code(
    "EECR02",
    true,
    "In education or training on leaving",
    "En études ou en formation à la sortie",
    "In onderwijs of opleiding bij uitstap",
  ),
  code(
    "EECR03",
    true,
    "Gaining a qualification on leaving",
    "Obtenant une qualification à la sortie",
    "Met een behaalde kwalificatie bij uitstap",
  ),
  code("EECR04", false, "In employment on leaving", "En emploi à la sortie", "Aan het werk bij uitstap"),
  code(
    "EECR05",
    true,
    "In employment six months after leaving",
    "En emploi six mois après la sortie",
    "Aan het werk zes maanden na uitstap",
  ),
  code(
    "EECR06",
    true,
    "With an improved labour-market situation six months after leaving",
    "Avec une meilleure situation sur le marché du travail six mois après la sortie",
    "Met een betere situatie op de arbeidsmarkt zes maanden na uitstap",
  ),
];

/** Codes whose persons are a part of a whole that is told in all its parts, by that whole; `esf_*` are ours, not the annex's. */
export const ESF_WHOLES = {
  eeco01: [
    ["eeco02", "eeco04", "eeco05"],
    ["eeco09", "eeco10", "eeco11"],
    ["eeco06", "eeco07", "esf_aged_30_54", "eeco08"],
  ],
  esf_left: [["eecr01", "eecr02", "eecr04", "esf_left_otherwise"]],
  esf_left_6_months: [],
} as const satisfies Readonly<Record<string, ReadonlyArray<readonly string[]>>>;

/** Codes that stand by themselves, by the code of which their persons are some. */
export const ESF_SHARES = {
  eeco02: ["eeco03"],
  eeco01: ["eeco12", "eeco13", "eeco14", "eeco15", "eeco16", "eeco17"],
  esf_left: ["eecr03"],
  esf_left_6_months: ["eecr05", "eecr06"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Codes of one status on entry, by its level in a profile. */
export const ESF_STATUS: Readonly<Record<string, string>> = { eeco04: "inactive", eeco05: "employed" };

/** Columns of the esf files, in order; levels of the dimension `gender`. */
export const ESF_GENDERS = ["woman", "man", "non_binary"] as const;

/** What a record must state to be counted. */
export const ESF_COMPULSORY = ["gender", "age", "status_on_entry", "qualification"] as const;
