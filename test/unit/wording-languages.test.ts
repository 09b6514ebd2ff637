import { describe, expect, it } from "vitest";
import { type Conclusion, type ConclusionRule, conclusion } from "../../src/wording/interval-sentence.ts";
import { loadMessages } from "../../src/wording/messages.ts";

const all = { en: loadMessages("en"), fr: loadMessages("fr"), nl: loadMessages("nl") };
type Language = keyof typeof all;

/* What is concluded from each kind of interval, and how each language says it: headline and lead. */
const HIGHER: Conclusion = { lower: 0.036, upper: 0.148, supported: true };
const LOWER: Conclusion = { lower: -0.148, upper: -0.036, supported: true };
const UNCLEAR: Conclusion = { lower: -0.061, upper: 0.19, supported: true };
const POOR_MATCH: Conclusion = { lower: 0.036, upper: 0.148, supported: false };
const TOO_FEW: Conclusion = { lower: null, upper: null, supported: true };

const TABLE: ReadonlyArray<readonly [ConclusionRule, Conclusion, Language, string, string]> = [
  [
    "higher",
    HIGHER,
    "en",
    "Between 3.6 and 14.8 percentage points more participants were in work for at least 90 days within 12 months than similar jobseekers.",
    "This is a statistically significant result.",
  ],
  [
    "higher",
    HIGHER,
    "fr",
    "La part de personnes à l’emploi pendant au moins 90 jours dans les 12 mois est plus élevée de 3,6 à 14,8 points de pourcentage chez les personnes accompagnées que chez les demandeuses et demandeurs d’emploi comparables.",
    "Ce résultat est statistiquement significatif.",
  ],
  [
    "higher",
    HIGHER,
    "nl",
    "Het aandeel dat binnen 12 maanden minstens 90 dagen aan het werk was, ligt bij de deelnemers 3,6 tot 14,8 procentpunten hoger dan bij vergelijkbare werkzoekenden.",
    "Dit is een statistisch significant resultaat.",
  ],
  [
    "lower",
    LOWER,
    "en",
    "Between 3.6 and 14.8 percentage points fewer participants were in work for at least 90 days within 12 months than similar jobseekers.",
    "This is a statistically significant result.",
  ],
  [
    "lower",
    LOWER,
    "fr",
    "La part de personnes à l’emploi pendant au moins 90 jours dans les 12 mois est moins élevée de 3,6 à 14,8 points de pourcentage chez les personnes accompagnées que chez les demandeuses et demandeurs d’emploi comparables.",
    "Ce résultat est statistiquement significatif.",
  ],
  [
    "lower",
    LOWER,
    "nl",
    "Het aandeel dat binnen 12 maanden minstens 90 dagen aan het werk was, ligt bij de deelnemers 3,6 tot 14,8 procentpunten lager dan bij vergelijkbare werkzoekenden.",
    "Dit is een statistisch significant resultaat.",
  ],
  [
    "unclear",
    UNCLEAR,
    "en",
    "Compared with similar jobseekers, the difference lies between 6.1 percentage points lower and 19.0 higher.",
    "It is not statistically significant: the data do not show whether there is a difference. This does not prove there is no effect.",
  ],
  [
    "unclear",
    UNCLEAR,
    "fr",
    "L’écart avec les demandeuses et demandeurs d’emploi comparables se situe entre 6,1 points de pourcentage de moins et 19,0 de plus.",
    "Il n’est pas statistiquement significatif\u00a0: les données ne permettent pas de dire s’il existe une différence. Cela ne prouve pas l’absence d’effet.",
  ],
  [
    "unclear",
    UNCLEAR,
    "nl",
    "Het verschil met vergelijkbare werkzoekenden ligt tussen 6,1 procentpunten lager en 19,0 hoger.",
    "Het is niet statistisch significant: de gegevens tonen niet of er een verschil is. Dat bewijst niet dat er geen effect is.",
  ],
  [
    "poorMatch",
    POOR_MATCH,
    "en",
    "We draw no conclusion: the control group is not similar enough to the participants.",
    "A check of the match failed; the figures below describe the two groups and support no statement about an effect.",
  ],
  [
    "poorMatch",
    POOR_MATCH,
    "fr",
    "Aucune conclusion n’est tirée\u00a0: le groupe de contrôle ne ressemble pas assez aux personnes accompagnées.",
    "Un critère de qualité de l’appariement n’est pas rempli\u202f; les chiffres ci-dessous décrivent les deux groupes et ne permettent aucune affirmation sur un effet.",
  ],
  [
    "poorMatch",
    POOR_MATCH,
    "nl",
    "We trekken geen conclusie: de controlegroep lijkt onvoldoende op de deelnemers.",
    "Aan een kwaliteitscriterium van de matching is niet voldaan; de cijfers hieronder beschrijven de twee groepen en laten geen uitspraak over een effect toe.",
  ],
  [
    "tooFew",
    TOO_FEW,
    "en",
    "This group has too few people for a result to be published.",
    "No figure about it is shown.",
  ],
  [
    "tooFew",
    TOO_FEW,
    "fr",
    "Ce groupe compte trop peu de personnes pour qu’un résultat soit publié.",
    "Aucun chiffre sur ce groupe n’est publié.",
  ],
  [
    "tooFew",
    TOO_FEW,
    "nl",
    "Deze groep telt te weinig personen om een resultaat te publiceren.",
    "Over deze groep worden geen cijfers getoond.",
  ],
];

describe("the conclusion in each language", () => {
  it.each(TABLE)("%s, from %o, in %s", (rule, result, language, headline, lead) => {
    expect(conclusion(result, all[language], "days90")).toEqual({ rule, headline, lead });
  });

  it.each(["en", "fr", "nl"] as const)("writes no minus sign and no bare claim of no effect in %s", (language) => {
    for (const result of [HIGHER, LOWER, UNCLEAR]) {
      const { headline, lead } = conclusion(result, all[language], "days90");
      expect(`${headline} ${lead}`).not.toMatch(/[-\u2212]\d/);
      expect(`${headline} ${lead}`).not.toMatch(/no difference|aucun effet|aucune différence|geen verschil/i);
    }
  });

  it.each([
    [
      "fr",
      "contract3m",
      "La part de personnes à l’emploi dans les 12 mois avec un contrat d’au moins trois mois est plus",
    ],
    ["fr", "at12", "La part de personnes à l’emploi le dernier jour des 12 mois est plus"],
    [
      "fr",
      "sustained6m",
      "La part de personnes à l’emploi pendant au moins six mois au même poste dans les 12 mois est plus",
    ],
    [
      "nl",
      "contract3m",
      "Het aandeel dat binnen 12 maanden aan het werk was met een contract van minstens drie maanden, ligt",
    ],
    ["nl", "at12", "Het aandeel dat op de laatste dag van de 12 maanden aan het werk was, ligt"],
    [
      "nl",
      "sustained6m",
      "Het aandeel dat binnen 12 maanden minstens zes maanden in dezelfde job aan het werk was, ligt",
    ],
  ] as const)("joins the phrase of a definition to the sentence: %s, %s", (language, definition, start) => {
    expect(conclusion(HIGHER, all[language], definition).headline.startsWith(start)).toBe(true);
  });

  it.each([
    [
      "en",
      "No similar jobseeker was found for 2.4% of participants. The result applies only to the 314 who could be compared, not to all participants.",
    ],
    [
      "fr",
      "Pour 2.4% des personnes accompagnées, aucune personne comparable n’a été trouvée. Le résultat porte uniquement sur les 314 personnes qui ont pu être comparées, et non sur l’ensemble.",
    ],
    [
      "nl",
      "Voor 2.4% van de deelnemers werd geen vergelijkbare werkzoekende gevonden. Het resultaat geldt alleen voor de 314 deelnemers die konden worden vergeleken, niet voor alle deelnemers.",
    ],
  ] as const)("says in %s whom the result is about where some were not matched", (language, sentence) => {
    expect(all[language].text("conclusion.unmatched", { p: "2.4%", m: "314" })).toBe(sentence);
  });

  it.each([
    ["en", "Synthetic data: people and results are invented. Draw no conclusion about the programme."],
    [
      "fr",
      "Données synthétiques\u00a0: les personnes et les résultats sont fictifs. Aucune conclusion sur le programme ne peut en être tirée.",
    ],
    [
      "nl",
      "Synthetische gegevens: personen en resultaten zijn fictief. Er kunnen geen conclusies over het programma uit worden getrokken.",
    ],
  ] as const)("warns in %s that sample data are invented", (language, sentence) => {
    const at = (key: string): string => all[language].text(`furniture.synthetic.${key}`);
    expect(`${at("lead")} ${at("text")}`).toBe(sentence);
  });
});
