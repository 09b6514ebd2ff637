/** The end of an error about an unknown name: what it may have meant, or all there is to choose from. */
export function nearNames(name: string, known: readonly string[]): string {
  const far = Math.max(2, Math.floor(name.length / 3));
  const near = known
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.trim().toLowerCase()) }))
    .filter(({ distance }) => distance <= far)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => `\`${candidate}\``);
  if (near.length > 0) return `; did you mean ${near.join(" or ")}?`;
  const listed = known.slice(0, 30).map((candidate) => `\`${candidate}\``);
  return `; it has ${listed.join(", ")}${known.length > 30 ? " ..." : ""}`;
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
