/** Languages in which rows go back to a sender; each mapping's own, `language`. */
export type RejectLanguage = "en" | "fr" | "nl";

/** Words that details hold in braces until their language is known; years and days of date formats too. */
export const DETAIL_WORDS = {
  en: {
    row: "row",
    or: "or",
    instead: "instead of",
    YYYY: "YYYY",
    DD: "DD",
    another: "another row",
    each: "(see each row)",
  },
  fr: {
    row: "ligne",
    or: "ou",
    instead: "au lieu de",
    YYYY: "AAAA",
    DD: "JJ",
    another: "une autre ligne",
    each: "(voir chaque ligne)",
  },
  nl: {
    row: "rij",
    or: "of",
    instead: "in plaats van",
    YYYY: "JJJJ",
    DD: "DD",
    another: "een andere rij",
    each: "(zie elke rij)",
  },
} as const satisfies Readonly<Record<RejectLanguage, Readonly<Record<string, string>>>>;

/** A detail in a language: `a.csv {row} 3` is `a.csv ligne 3`. */
export function wordedDetail(detail: string, language: RejectLanguage): string {
  const words: Readonly<Record<string, string>> = DETAIL_WORDS[language];
  return detail.replaceAll(/\{(\w+)\}/g, (all, word: string) => words[word] ?? all);
}

/** Date formats as a detail: DD/MM/YYYY is JJ/MM/AAAA in French. */
export const formatsDetail = (formats: readonly string[]): string =>
  formats.map((format) => format.replaceAll(/YYYY|DD/g, "{$&}")).join(" {or} ");

/* What follows "FILE row R, `COLUMN`: 'VALUE' " in the sender's language; {detail} is filled in. */

/** French and Dutch of the rules' sentences, whose English stands in rules.ts. */
export const SENTENCES: Readonly<Record<string, { readonly fr: string; readonly nl: string }>> = {
  ragged: {
    fr: "a un mauvais nombre de cellules ({detail}) ; mettez entre guillemets les cellules qui contiennent le séparateur, ou réparez la ligne",
    nl: "heeft een verkeerd aantal cellen ({detail}); zet cellen met het scheidingsteken tussen aanhalingstekens, of herstel de regel",
  },
  unclosed_quote: {
    fr: "ouvre un guillemet qui n'est jamais fermé ; fermez-le ou doublez-le",
    nl: "opent een aanhalingsteken dat nooit wordt gesloten; sluit of verdubbel het",
  },
  stray_quote: {
    fr: "a un guillemet non doublé dans une cellule entre guillemets ; doublez-le",
    nl: "heeft een niet verdubbeld aanhalingsteken in een cel tussen aanhalingstekens; verdubbel het",
  },
  not_json: {
    fr: "n'est pas un objet avec une valeur par colonne ; exportez à nouveau le fichier",
    nl: "is geen object met één waarde per kolom; exporteer het bestand opnieuw",
  },
  nested: {
    fr: "contient une liste ou un objet là où une seule valeur est attendue ({detail}) ; exportez une valeur par colonne",
    nl: "bevat een lijst of een object waar één waarde wordt verwacht ({detail}); exporteer één waarde per kolom",
  },
  repeated_header: {
    fr: "répète les en-têtes de colonnes ; supprimez cette ligne",
    nl: "herhaalt de kolomnamen; verwijder deze rij",
  },
  several_rows: {
    fr: "a une cellule entre guillemets de plusieurs lignes dont chacune est peut-être une ligne de données ; si c'est le cas, fermez ou supprimez le guillemet",
    nl: "heeft een cel tussen aanhalingstekens van meerdere regels die elk een rij kunnen zijn; is dat zo, sluit of verwijder dan het aanhalingsteken",
  },
  other_quotes: {
    fr: "se trouve entre des guillemets qui ont été lus comme du texte ; utilisez les mêmes guillemets que dans les autres lignes",
    nl: "staat tussen aanhalingstekens die als tekst zijn gelezen; gebruik dezelfde aanhalingstekens als in de andere rijen",
  },
  formula_text: {
    fr: "contient un texte sous forme de formule et a été lue comme ce texte ; écrivez le texte lui-même, dans une colonne de textes",
    nl: "bevat een tekst als formule en is als die tekst gelezen; schrijf de tekst zelf, in een kolom met teksten",
  },
  not_finite: {
    fr: "se trouve dans {detail} et n'est pas un nombre en JSON ; il a été lu comme un texte : écrivez null là où il n'y a pas de valeur",
    nl: "staat in {detail} en is in JSON geen getal; het is als tekst gelezen: schrijf null waar er geen waarde is",
  },
  percentage: {
    fr: "est une colonne affichée en pour cent à partir d'ici ; les nombres sous-jacents ont été lus, 0,5 pour 50 % : vérifiez que c'est voulu",
    nl: "is een kolom die vanaf hier als percentages wordt getoond; de onderliggende getallen zijn gelezen, 0,5 voor 50 %: controleer of dat de bedoeling is",
  },
  total_row: {
    fr: "mentionne un total et a été lue comme une ligne de données ; supprimez-la si ce n'en est pas une",
    nl: "vermeldt een totaal en is als een rij gelezen; verwijder deze rij als het er geen is",
  },
  padded: {
    fr: "a trop peu de cellules ({detail}) ; les cellules manquantes ont été lues comme vides",
    nl: "heeft te weinig cellen ({detail}); de ontbrekende cellen zijn als leeg gelezen",
  },
  formula_without_value: {
    fr: "a une formule sans valeur enregistrée ; ouvrez et enregistrez le classeur dans Excel",
    nl: "heeft een formule zonder bewaarde waarde; open en bewaar de werkmap in Excel",
  },
  not_computed: {
    fr: "ne permet pas de calculer {detail} ; corrigez les cellules, ou la fonction dans la correspondance",
    nl: "volstaat niet om {detail} te berekenen; verbeter de cellen, of de functie in de koppeling",
  },
  missing: { fr: "manque ; complétez la cellule", nl: "ontbreekt; vul de cel in" },
  not_a_date: { fr: "n'est pas une date (attendu : {detail})", nl: "is geen datum (verwacht: {detail})" },
  not_a_number: {
    fr: "n'est pas un nombre (attendu, p. ex. : {detail})",
    nl: "is geen getal (verwacht, bv.: {detail})",
  },
  not_a_whole_number: {
    fr: "n'est pas un nombre entier (attendu, p. ex. : {detail})",
    nl: "is geen geheel getal (verwacht, bv.: {detail})",
  },
  unknown_code: {
    fr: "n'est pas un code connu (connus : {detail}) ; corrigez-le, ou ajoutez-le aux codes de la correspondance",
    nl: "is geen bekende code (bekend: {detail}); verbeter hem, of voeg hem toe aan de codes van de koppeling",
  },
  spreadsheet_error: {
    fr: "est ce qu'un tableur écrit pour une formule en échec ; écrivez la valeur, ou ajoutez ce texte aux nulls de la correspondance",
    nl: "is wat een rekenblad schrijft voor een formule die mislukt; schrijf de waarde, of zet deze tekst bij nulls in de koppeling",
  },
  unknown_branch: {
    fr: "ne figure pas parmi les antennes acceptées ; corrigez le code, ou ajoutez l'antenne",
    nl: "komt niet voor bij de aanvaarde vestigingen; verbeter de code, of voeg de vestiging toe",
  },
  unknown_mentee: {
    fr: "ne figure pas parmi les mentees retenus ; corrigez le numéro, ou ajoutez ou rectifiez la fiche du ou de la mentee",
    nl: "komt niet voor bij de aanvaarde mentees; verbeter het nummer, of voeg de gegevens van de mentee toe of verbeter ze",
  },
  unknown_mentor: {
    fr: "ne figure pas parmi les mentors retenus ; corrigez le numéro, ou ajoutez ou rectifiez la fiche du ou de la mentor",
    nl: "komt niet voor bij de aanvaarde mentoren; verbeter het nummer, of voeg de gegevens van de mentor toe of verbeter ze",
  },
  unknown_duo: {
    fr: "ne figure pas parmi les duos retenus ; corrigez le numéro, ou ajoutez ou rectifiez le duo",
    nl: "komt niet voor bij de aanvaarde duo's; verbeter het nummer, of voeg het duo toe of verbeter het",
  },
  unknown_region: {
    fr: "n'a pas d'antenne acceptée ; corrigez la région, ou écrivez network pour ce que toutes partagent",
    nl: "heeft geen aanvaarde vestiging; verbeter het gewest, of schrijf network voor wat alle gewesten delen",
  },
  unknown_jobseeker: {
    fr: "ne figure pas parmi les demandeurs d'emploi retenus du registre ; corrigez le numéro, ou ajoutez ou rectifiez la personne",
    nl: "komt niet voor bij de aanvaarde werkzoekenden van het register; verbeter het nummer, of voeg de persoon toe of verbeter de gegevens",
  },
  spell_order: {
    fr: "précède le premier jour de la période, {detail} ; corrigez l'un des deux",
    nl: "ligt voor de eerste dag van de periode, {detail}; verbeter een van beide",
  },
  duo_order: {
    fr: "précède le début du duo, {detail} ; corrigez l'un des deux",
    nl: "ligt voor de start van het duo, {detail}; verbeter een van beide",
  },
  esf_order: {
    fr: "précède le premier jour de la participation, {detail} ; corrigez l'un des deux",
    nl: "ligt voor de eerste dag van de deelname, {detail}; verbeter een van beide",
  },
  negative: {
    fr: "est inférieur à zéro ; écrivez ce qui a été dépensé comme un montant positif",
    nl: "ligt onder nul; schrijf wat werd uitgegeven als een positief bedrag",
  },
  eligibility_age: {
    fr: "ne respecte pas les limites d'âge du programme pour un ou une mentee né·e le {detail} ; corrigez la date de naissance ou la date de début",
    nl: "valt buiten de leeftijdsgrenzen van het programma voor een mentee geboren op {detail}; verbeter de geboortedatum of de startdatum",
  },
  eligibility_mentor_age: {
    fr: "est trop tôt pour un ou une mentor né·e le {detail}, selon l'âge minimal du programme ; corrigez la date de naissance ou la date de début",
    nl: "is te vroeg voor een mentor geboren op {detail}, gezien de minimumleeftijd van het programma; verbeter de geboortedatum of de startdatum",
  },
  birth_range: {
    fr: "donne à la personne moins de 14 ans ou plus de 100 ans le jour de l'extraction, {detail} ; vérifiez",
    nl: "maakt de persoon jonger dan 14 of ouder dan 100 jaar op de dag van de extractie, {detail}; controleer",
  },
  before_programme: {
    fr: "précède le premier jour du programme, {detail} ; vérifiez",
    nl: "ligt voor de eerste dag van het programma, {detail}; controleer",
  },
  step_order: {
    fr: "précède l'étape qui vient avant, datée du {detail} ; vérifiez les deux dates",
    nl: "ligt voor de stap die eraan voorafgaat, van {detail}; controleer beide datums",
  },
  same_person: {
    fr: "est aussi le numéro de personne du ou de la mentee {detail} ; seul le premier duo de la personne compte, quel que soit le numéro",
    nl: "is ook het persoonsnummer van mentee {detail}; het eerste duo van de persoon telt, onder welk nummer ook",
  },
  mentor_overlap: {
    fr: "tombe dans un duo antérieur du ou de la mentor {detail}, qui accompagne une seule personne à la fois ; vérifiez les dates des deux duos",
    nl: "valt in een eerder duo van mentor {detail}, die één mentee tegelijk begeleidt; controleer de datums van beide duo's",
  },
  long_support: {
    fr: "tombe plus de sept mois après le début du duo, {detail}, alors que l'accompagnement dure six mois ; vérifiez",
    nl: "valt meer dan zeven maanden na de start van het duo, {detail}, terwijl de begeleiding zes maanden duurt; controleer",
  },
  spell_overlap: {
    fr: "tombe dans une période antérieure de la même personne ; chaque jour est compté une fois",
    nl: "valt in een eerdere periode van dezelfde persoon; elke dag telt één keer",
  },
  late_record: {
    fr: "est postérieur au jour de l'extraction, {detail} ; vérifiez",
    nl: "ligt na de dag van de extractie, {detail}; controleer",
  },
  contradiction: {
    fr: "diffère de {detail}, qui a la même clé et reste ; faites concorder les deux",
    nl: "verschilt van {detail}, met dezelfde sleutel, die blijft; breng beide in overeenstemming",
  },
  duplicate: {
    fr: "se trouve déjà dans {detail}, qui reste ; supprimez l'un des deux",
    nl: "staat al in {detail}, die blijft; verwijder een van beide",
  },
};
