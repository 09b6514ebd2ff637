import { describe, expect, it } from "vitest";
import { loadMessages } from "../../src/wording/messages.ts";

const all = { en: loadMessages("en"), fr: loadMessages("fr"), nl: loadMessages("nl") };

/* The conclusions themselves are read in the table of test/golden/words. */
describe("sentences beside the conclusion", () => {
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
    expect(all[language].text("conclusion.unmatchedShare", { p: "2.4%", m: "314" })).toBe(sentence);
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
    const at = (key: "lead" | "text"): string => all[language].text(`furniture.synthetic.${key}`);
    expect(`${at("lead")} ${at("text")}`).toBe(sentence);
  });
});
