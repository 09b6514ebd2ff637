import { editDistance } from "../edit-distance.ts";

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
