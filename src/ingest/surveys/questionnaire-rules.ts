import type { QualityRule } from "../../catalogue/data-quality.ts";
import { doubtIn } from "../rules/read-doubts.ts";
import type { Severity } from "../rules/rules.ts";
import { type RejectLanguage, wordedDetail } from "../rules/sentences.ts";
import type { CodedResponse } from "./questionnaire-answers.ts";
import type { QuestionnaireExport } from "./questionnaire-codebook.ts";

type Remedy = QualityRule["remedy"];

/** Why a response isn't taken, or is taken with a warning. `remedy` follows "FILE row R, `COLUMN`: 'VALUE' " and holds {detail}. */
export const RESPONSE_RULES = {
  no_role: {
    severity: "reject",
    remedy: {
      en: "doesn't say who answered; fill in mentee or mentor",
      fr: "n'indique pas qui a répondu ; précisez mentee ou mentor",
      nl: "zegt niet wie antwoordde; vul mentee of mentor in",
    },
  },
  no_wave: {
    severity: "reject",
    remedy: {
      en: "doesn't say which questionnaire was answered; fill in entry, end or alumni",
      fr: "n'indique pas à quel questionnaire il est répondu ; précisez début, fin ou un an après",
      nl: "zegt niet welke vragenlijst werd beantwoord; vul begin, einde of een jaar later in",
    },
  },
  unknown_duo: {
    severity: "reject",
    remedy: {
      en: "is not among the accepted duos; correct it, or add or repair the duo",
      fr: "ne figure pas parmi les duos retenus ; corrigez le numéro, ou ajoutez ou rectifiez le duo",
      nl: "komt niet voor bij de aanvaarde duo's; verbeter het nummer, of voeg het duo toe of verbeter het",
    },
  },
  duo_not_started: {
    severity: "reject",
    remedy: {
      en: "hasn't started; give the duo's first day, or the right duo",
      fr: "n'a pas démarré ; complétez le premier jour du duo, ou corrigez le numéro",
      nl: "is niet gestart; vul de eerste dag van het duo in, of verbeter het nummer",
    },
  },
  duo_not_asked: {
    severity: "reject",
    remedy: {
      en: "started on {detail}, outside the duos that were asked; correct it, or widen `duosStarted` in the codebook",
      fr: "a démarré le {detail}, hors des duos interrogés ; corrigez le numéro, ou élargissez `duosStarted` dans la liste des questions",
      nl: "startte op {detail}, buiten de bevraagde duo's; verbeter het nummer, of verruim `duosStarted` in de vragenlijst",
    },
  },
  duo_not_ended: {
    severity: "reject",
    remedy: {
      en: "hasn't ended; give the duo's last day, or the right questionnaire",
      fr: "n'est pas terminé ; complétez le dernier jour du duo, ou corrigez le questionnaire",
      nl: "is niet beëindigd; vul de laatste dag van het duo in, of verbeter de vragenlijst",
    },
  },
  not_a_date: {
    severity: "reject",
    remedy: {
      en: "is not a date (expected {detail}); say in the codebook how the export's `days` are written",
      fr: "n'est pas une date (attendu : {detail}) ; indiquez dans la liste des questions comment les dates sont écrites (`days`)",
      nl: "is geen datum (verwacht: {detail}); zeg in de vragenlijst hoe de datums geschreven zijn (`days`)",
    },
  },
  undated: {
    severity: "warn",
    remedy: {
      en: "is what the survey tool writes where it keeps no days; the response counts for every day: let the tool keep days",
      fr: "est ce que l'outil d'enquête écrit quand il ne garde pas les dates ; la réponse compte quel que soit le jour : faites enregistrer les dates par l'outil",
      nl: "is wat het enquêteprogramma schrijft als het geen datums bewaart; het antwoord telt voor elke dag: laat het programma datums bewaren",
    },
  },
  answered_again: {
    severity: "reject",
    remedy: {
      en: "answered again; the last complete response counts",
      fr: "a répondu une nouvelle fois ; la dernière réponse complète est retenue",
      nl: "antwoordde opnieuw; het laatste volledige antwoord telt",
    },
  },
  partial_response: {
    severity: "warn",
    remedy: {
      en: "wasn't sent off; the response is counted apart",
      fr: "n'a pas été envoyé ; la réponse est comptée à part",
      nl: "werd niet verzonden; het antwoord wordt apart geteld",
    },
  },
  read_with_doubt: {
    severity: "warn",
    remedy: {
      en: "was read with a doubt: {detail}",
      fr: "a été lu avec une réserve : {detail}",
      nl: "werd met voorbehoud gelezen: {detail}",
    },
  },
} as const satisfies Readonly<Record<string, { readonly severity: Severity; readonly remedy: Remedy }>>;

export type ResponseRule = keyof typeof RESPONSE_RULES;

/** What is wrong with a response; `columns` are the headers that the export may have for it. */
export interface Fault {
  readonly rule: ResponseRule;
  readonly columns: readonly string[];
  readonly value: string;
  readonly detail: string;
}

/** A rule's sentences, filled in. */
export const remedyOf = (rule: ResponseRule, detail: string): Remedy => {
  const { en, fr, nl } = RESPONSE_RULES[rule].remedy;
  const filled = (sentence: string, language: RejectLanguage): string =>
    sentence.replaceAll("{detail}", () =>
      rule === "read_with_doubt" ? doubtIn(detail, language) : wordedDetail(detail, language),
    );
  return { en: filled(en, "en"), fr: filled(fr, "fr"), nl: filled(nl, "nl") };
};

/** A staged duo that answers may be about: those given at its end or later need one that has ended. */
export interface KnownDuo {
  /** ISO days; empty where there is none. */
  readonly startedOn: string;
  readonly endedOn: string;
}

/** Why a response can't count for a duo; undefined where it can. */
export function faultOf(
  { duo, role, wave }: CodedResponse,
  duos: ReadonlyMap<string, KnownDuo>,
  { respondent, duosStarted }: QuestionnaireExport,
): Fault | undefined {
  const fault = (rule: ResponseRule, asked: keyof typeof respondent, value: string, detail = ""): Fault => {
    const own = respondent[asked];
    return { rule, columns: "columns" in own ? own.columns : [], value, detail };
  };
  const known = duos.get(duo);
  if (role === null) return fault("no_role", "role", "");
  if (wave === null) return fault("no_wave", "wave", "");
  if (known === undefined) return fault("unknown_duo", "duo", duo);
  const { startedOn, endedOn } = known;
  if (startedOn === "") return fault("duo_not_started", "duo", duo);
  if (duosStarted !== undefined && (startedOn < duosStarted.from || startedOn > duosStarted.to))
    return fault("duo_not_asked", "duo", duo, startedOn);
  return wave !== "entry" && endedOn === "" ? fault("duo_not_ended", "duo", duo) : undefined;
}
