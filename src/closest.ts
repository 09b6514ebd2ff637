/** A hint for a name that isn't there: the nearest of the known names, or those that begin with it, then all of them (20 at most). */
export function closest(name: string, known: readonly string[]): string {
  const near = [...known]
    .map((candidate) => ({ candidate, distance: editDistance(plain(name), plain(candidate)) }))
    .filter(
      ({ candidate, distance }) =>
        distance <= Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 3)) || isBegun(name, candidate),
    )
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => `'${candidate}'`);
  const all = known.slice(0, 20).join(", ") + (known.length > 20 ? ", ..." : "");
  return near.length > 0 ? `did you mean ${near.join(" or ")}? There are ${all}` : `there are ${all}`;
}

/** Whether a name of three signs or more is how the other begins: `Rijksnr` of `Rijksnr. VDAB`. */
const isBegun = (name: string, candidate: string): boolean =>
  plain(name).length >= 3 && plain(candidate).startsWith(plain(name));

/** Lower case, without accents, spaces and punctuation: `Date début` and `DATE_DEBUT` are the same. */
function plain(name: string): string {
  return name
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** Levenshtein's distance: insertions, deletions and replacements of one character. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
