import { editDistance } from "./edit-distance.ts";

/** A hint for a name that isn't there: the nearest of the known names, then all of them (20 at most). */
export function closest(name: string, known: readonly string[]): string {
  const near = [...known]
    .map((candidate) => ({ candidate, distance: editDistance(plain(name), plain(candidate)) }))
    .filter(
      ({ candidate, distance }) => distance <= Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 3)),
    )
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => `'${candidate}'`);
  const all = known.slice(0, 20).join(", ") + (known.length > 20 ? ", ..." : "");
  return near.length > 0 ? `did you mean ${near.join(" or ")}? There are ${all}` : `there are ${all}`;
}

/** Lower case, without accents, spaces and punctuation: `Date début` and `DATE_DEBUT` are the same. */
function plain(name: string): string {
  return name
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}
