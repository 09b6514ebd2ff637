import type { SqlRow } from "../engine/engine.ts";
import { groupBy } from "../group-by.ts";
import { ESF_COMPULSORY, ESF_GENDERS, ESF_SHARES, ESF_STATUS, ESF_WHOLES } from "./esf-codes.ts";
import { count, type Indicator, type IndicatorPlace, isPooled, naming } from "./indicator.ts";

const ARM = "participants";

/**
 * The common indicators EECO01-17 and EECR01-06 by gender and in all, the persons without a complete record, and the
 * wholes that the results are parts of (`esf_left`: left at least 28 days before the day of the data).
 * Told of single years, which is how the ESF+ asks for them; all years together would hide more than they tell.
 * Parts of a whole are counts that add up; whatever isn't told with its complement is guarded like a rate.
 * @param rows of indicators.esf
 */
export function esfIndicators(rows: readonly SqlRow[]): readonly Indicator[] {
  const places = groupBy(rows, ({ region, period }) => JSON.stringify([region, period]));
  return [...places.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const at = { region: String(first.region), period: String(first.period) };
    const persons = (gender: string, code: string): number =>
      Number(own.find((row) => row.gender === gender && row.code === code)?.persons ?? 0);
    const indicators = [
      ...ofGender({ ...at, dimension: "total", level: "total" }, (code) => persons("total", code)),
      ...ESF_GENDERS.flatMap((gender) =>
        ofGender({ ...at, dimension: "gender", level: gender }, (code) => persons(gender, code)),
      ),
      ...incomplete({ ...at, dimension: "total", level: "total" }, (code) => persons("total", code)),
    ];
    return isPooled(at) ? indicators.map((one) => ({ ...one, isUntold: true })) : indicators;
  });
}

type Persons = (code: string) => number;

function ofGender(place: IndicatorPlace, persons: Persons): readonly Indicator[] {
  const set = (code: string): string => `${code} ${place.level}`;
  const isAll = place.dimension === "total";
  const counted = (code: string): Indicator => ({
    ...naming(count(code, ARM, place, persons(code)), set(code)),
    ...(isAll ? inProfile(code) : {}),
  });
  const wholes = Object.entries(ESF_WHOLES).flatMap(([whole, parts]) => [
    { ...counted(whole), parts: parts.map((codes) => codes.map(set)) },
    ...parts.flat().map(counted),
  ]);
  const shares = Object.entries(ESF_SHARES).flatMap(([whole, codes]) =>
    codes.map((code) => {
      const [numerator, base] = [persons(code), persons(whole)];
      const some = { ...count(code, ARM, place, numerator), kind: "rate" as const, base, numerator };
      return { ...naming(some, set(whole), set(code)), isNobodyTold: true };
    }),
  );
  return [...wholes, ...shares];
}

/** Those of a status on entry, whom the profile of mentees counts with those whose record is incomplete. */
const inProfile = (code: string): Pick<Indicator, "guard"> => {
  const level = ESF_STATUS[code];
  const at = { metric: "persons_in_duos", arm: "mentees", dimension: "status_on_entry" };
  return level === undefined ? {} : { guard: { someOf: { ...at, level } } };
};

/** Persons whose records lack a compulsory fact, and which; a record may lack several. */
const incomplete = (place: IndicatorPlace, persons: Persons): readonly Indicator[] => [
  count("esf_incomplete", ARM, place, persons("esf_incomplete")),
  ...ESF_COMPULSORY.map((fact) =>
    count(
      "esf_incomplete",
      ARM,
      { ...place, dimension: "missing_fact", level: fact },
      persons(`esf_incomplete_${fact}`),
    ),
  ),
];
