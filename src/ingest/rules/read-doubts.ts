import type { RejectLanguage } from "./sentences.ts";

/** What a reader's warnings about a row mean, by their codes, for those who get the row back in their language. */
export const READ_DOUBTS: Readonly<Record<string, Readonly<Record<RejectLanguage, string>>>> = {
  blank_line: {
    en: "an empty line was left out",
    fr: "une ligne vide a été laissée de côté",
    nl: "een lege regel is weggelaten",
  },
  preamble: {
    en: "it stands above the table and was left out",
    fr: "elle se trouve au-dessus du tableau et a été laissée de côté",
    nl: "de regel staat boven de tabel en is weggelaten",
  },
  no_header: {
    en: "it was taken for a row, not for column names",
    fr: "elle a été lue comme une ligne de données, non comme des en-têtes",
    nl: "de regel is als rij gelezen, niet als kolomnamen",
  },
  header_assumed: {
    en: "it was taken for the column names",
    fr: "elle a été lue comme les en-têtes de colonnes",
    nl: "de regel is als kolomnamen gelezen",
  },
  header_rows: {
    en: "the column names take several rows and were joined",
    fr: "les en-têtes occupent plusieurs lignes et ont été réunis",
    nl: "de kolomnamen beslaan meerdere rijen en zijn samengevoegd",
  },
  second_header: {
    en: "it may belong to the column names",
    fr: "elle fait peut-être partie des en-têtes de colonnes",
    nl: "mogelijk hoort de rij bij de kolomnamen",
  },
  header_width: {
    en: "there aren't as many column names as cells in the rows",
    fr: "il n'y a pas autant d'en-têtes que de cellules dans les lignes",
    nl: "er zijn niet evenveel kolomnamen als cellen in de rijen",
  },
  missing_header: { en: "a column has no name", fr: "une colonne n'a pas d'en-tête", nl: "een kolom heeft geen naam" },
  duplicate_header: {
    en: "two columns have the same name",
    fr: "deux colonnes portent le même en-tête",
    nl: "twee kolommen hebben dezelfde naam",
  },
  repeated_header: {
    en: "it repeats the column names",
    fr: "elle répète les en-têtes de colonnes",
    nl: "de rij herhaalt de kolomnamen",
  },
  blank_row: {
    en: "it is blank and was read as a row of nothing",
    fr: "elle est vide et a été lue comme une ligne sans valeur",
    nl: "de regel is leeg en is als rij zonder waarde gelezen",
  },
  leading_blanks: {
    en: "its cells begin with a blank; it was kept",
    fr: "ses cellules commencent par une espace ; elle a été gardée",
    nl: "de cellen beginnen met een spatie; die is behouden",
  },
  total_row: {
    en: "it may be a total",
    fr: "c'est peut-être un total",
    nl: "mogelijk is het een totaal",
  },
  note_row: {
    en: "it may be a note, not a row",
    fr: "c'est peut-être une remarque, non une ligne de données",
    nl: "mogelijk is het een opmerking en geen rij",
  },
  rule_line: {
    en: "a line drawn below the column names was left out",
    fr: "un trait tracé sous les en-têtes a été laissé de côté",
    nl: "een streep onder de kolomnamen is weggelaten",
  },
  comment_header: {
    en: "the first column name begins with #, as a remark does",
    fr: "le premier en-tête commence par #, comme une remarque",
    nl: "de eerste kolomnaam begint met #, zoals een opmerking",
  },
  other_delimiter: {
    en: "a cell holds a tab",
    fr: "une cellule contient une tabulation",
    nl: "een cel bevat een tab",
  },
  other_line_end: {
    en: "a cell holds a sign that may be the end of a line; it was kept",
    fr: "une cellule contient un signe qui marque peut-être une fin de ligne ; il a été gardé",
    nl: "een cel bevat een teken dat mogelijk een regeleinde is; het is behouden",
  },
  further_table: {
    en: "another table may begin here",
    fr: "un autre tableau commence peut-être ici",
    nl: "mogelijk begint hier een andere tabel",
  },
  several_rows: {
    en: "a quoted cell holds several lines, each of which may be a row",
    fr: "une cellule entre guillemets contient plusieurs lignes dont chacune est peut-être une ligne de données",
    nl: "een cel tussen aanhalingstekens bevat meerdere regels die elk een rij kunnen zijn",
  },
  cut_off: {
    en: "the file may be cut off within its last cell",
    fr: "le fichier est peut-être tronqué dans la dernière cellule",
    nl: "het bestand is mogelijk afgebroken in de laatste cel",
  },
  kept_quote: {
    en: "a cell begins with a quote; it was kept",
    fr: "une cellule commence par un guillemet ; il a été gardé",
    nl: "een cel begint met een aanhalingsteken; het is behouden",
  },
  repaired_row: {
    en: "its cells were cut in another way than the other rows'",
    fr: "ses cellules ont été découpées autrement que celles des autres lignes",
    nl: "de cellen zijn anders gescheiden dan in de andere rijen",
  },
  short_row: {
    en: "it has too few cells; the last ones were read as empty",
    fr: "il manque des cellules ; les dernières ont été lues comme vides",
    nl: "er zijn te weinig cellen; de laatste zijn als leeg gelezen",
  },
  long_row: {
    en: "it has too many cells; all were kept",
    fr: "il y a trop de cellules ; toutes ont été gardées",
    nl: "er zijn te veel cellen; alle zijn behouden",
  },
  trailing_delimiter: {
    en: "it ends with empty cells too many",
    fr: "elle se termine par des cellules vides en trop",
    nl: "de rij eindigt met overtollige lege cellen",
  },
  unclosed_quote: {
    en: "a quote is never closed; it was kept as text",
    fr: "un guillemet n'est jamais fermé ; il a été gardé comme texte",
    nl: "een aanhalingsteken wordt nooit gesloten; het is als tekst behouden",
  },
  stray_quote: {
    en: "a quote inside a cell isn't doubled; it was kept as text",
    fr: "un guillemet n'est pas doublé dans une cellule ; il a été gardé comme texte",
    nl: "een aanhalingsteken in een cel is niet verdubbeld; het is als tekst behouden",
  },
  lone_quote: {
    en: "a cell ends with a quote that none opens; it was kept as text",
    fr: "une cellule se termine par un guillemet que rien n'ouvre ; il a été gardé comme texte",
    nl: "een cel eindigt op een aanhalingsteken dat nergens begint; het is als tekst behouden",
  },
  empty_row: {
    en: "it holds separators only",
    fr: "elle ne contient que des séparateurs",
    nl: "de rij bevat alleen scheidingstekens",
  },
  space_after_quote: {
    en: "blanks behind a closing quote were dropped",
    fr: "des espaces après un guillemet fermant ont été retirés",
    nl: "spaties na een sluitend aanhalingsteken zijn verwijderd",
  },
  space_before_quote: {
    en: "blanks before an opening quote were dropped",
    fr: "des espaces avant un guillemet ouvrant ont été retirés",
    nl: "spaties voor een openend aanhalingsteken zijn verwijderd",
  },
  other_quotes: {
    en: "a cell may be wrapped in other quotes than the file's",
    fr: "une cellule est peut-être entourée d'autres guillemets que ceux du fichier",
    nl: "een cel staat mogelijk tussen andere aanhalingstekens dan die van het bestand",
  },
  escape_as_text: {
    en: "a backslash before a quote was kept as text",
    fr: "une barre oblique inverse devant un guillemet a été gardée comme texte",
    nl: "een backslash voor een aanhalingsteken is als tekst behouden",
  },
  backslash_dropped: {
    en: "backslashes were taken for signs that announce a quote",
    fr: "des barres obliques inverses ont été lues comme l'annonce d'un guillemet",
    nl: "backslashes zijn gelezen als aankondiging van een aanhalingsteken",
  },
  formula_text: {
    en: "a cell held a text as a formula; it was read as that text",
    fr: "une cellule contenait un texte sous forme de formule ; elle a été lue comme ce texte",
    nl: "een cel bevatte een tekst als formule; ze is als die tekst gelezen",
  },
  control_sign: {
    en: "it holds a sign that can't be seen; it was kept",
    fr: "elle contient un signe invisible ; il a été gardé",
    nl: "de rij bevat een onzichtbaar teken; het is behouden",
  },
  nul: {
    en: "it holds NUL signs; they were kept",
    fr: "elle contient des signes NUL ; ils ont été gardés",
    nl: "de rij bevat NUL-tekens; ze zijn behouden",
  },
  encoding_guessed: {
    en: "accents were read as windows-1252: the file doesn't say",
    fr: "les accents ont été lus en windows-1252 : le fichier ne le précise pas",
    nl: "accenten zijn als windows-1252 gelezen: het bestand zegt het niet",
  },
  second_mark: {
    en: "the mark of the encoding stood twice; it was dropped",
    fr: "la marque d'encodage figurait deux fois ; elle a été retirée",
    nl: "het coderingsteken stond er twee keer; het is verwijderd",
  },
  mixed_encoding: {
    en: "its accents are written in another encoding than the other rows'",
    fr: "ses accents sont encodés autrement que ceux des autres lignes",
    nl: "de accenten zijn anders gecodeerd dan in de andere rijen",
  },
  drawn_table: {
    en: "the table is drawn with bars, which were taken off",
    fr: "le tableau est tracé avec des barres, qui ont été retirées",
    nl: "de tabel is met strepen getekend, die zijn weggehaald",
  },
  encoded_twice: {
    en: "it holds accents that were encoded twice; they were kept",
    fr: "elle contient des accents encodés deux fois ; ils ont été gardés",
    nl: "de regel bevat accenten die twee keer zijn gecodeerd; ze zijn behouden",
  },
  undecodable: {
    en: "some signs couldn't be read",
    fr: "certains signes n'ont pas pu être lus",
    nl: "sommige tekens konden niet worden gelezen",
  },
  beginning_only: {
    en: "only the beginning of the file was read",
    fr: "seul le début du fichier a été lu",
    nl: "alleen het begin van het bestand is gelezen",
  },
  error_cell: {
    en: "a cell holds an error of the spreadsheet",
    fr: "une cellule contient une erreur du tableur",
    nl: "een cel bevat een fout van het rekenblad",
  },
  formula_without_value: {
    en: "a formula has no stored value; it was read as empty",
    fr: "une formule n'a pas de valeur enregistrée ; elle a été lue comme vide",
    nl: "een formule heeft geen bewaarde waarde; ze is als leeg gelezen",
  },
  percentage: {
    en: "a column is shown as percentages; the numbers behind them were read",
    fr: "une colonne est affichée en pour cent ; les nombres sous-jacents ont été lus",
    nl: "een kolom wordt als percentages getoond; de onderliggende getallen zijn gelezen",
  },
  not_finite: {
    en: "it holds what is no number in JSON; it was kept as text",
    fr: "il contient ce qui n'est pas un nombre en JSON ; cela a été gardé comme texte",
    nl: "het bevat wat in JSON geen getal is; het is als tekst behouden",
  },
  hidden_row: {
    en: "it is hidden in the sheet; it was read all the same",
    fr: "elle est masquée dans la feuille ; elle a été lue malgré tout",
    nl: "de rij is verborgen in het werkblad; ze is toch gelezen",
  },
  hidden_column: {
    en: "a column is hidden in the sheet; it was read all the same",
    fr: "une colonne est masquée dans la feuille ; elle a été lue malgré tout",
    nl: "een kolom is verborgen in het werkblad; ze is toch gelezen",
  },
  merged_cells: {
    en: "cells are merged; their text stands in the first only",
    fr: "des cellules sont fusionnées ; leur texte ne figure que dans la première",
    nl: "cellen zijn samengevoegd; hun tekst staat alleen in de eerste",
  },
  not_json: {
    en: "it isn't an object with one value a column; it was left out",
    fr: "ce n'est pas un objet avec une valeur par colonne ; il a été laissé de côté",
    nl: "het is geen object met één waarde per kolom; het is weggelaten",
  },
  nested: {
    en: "it holds a list or an object; its JSON text was kept",
    fr: "il contient une liste ou un objet ; son texte JSON a été gardé",
    nl: "het bevat een lijst of een object; de JSON-tekst is behouden",
  },
};

/** A warning's meaning in a language; its code where none is known. */
export const doubtIn = (code: string, language: RejectLanguage): string => READ_DOUBTS[code]?.[language] ?? code;
