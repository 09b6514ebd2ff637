/** A number with what it counts, for logs and the terminal: `1 edition`, `1,200 editions`. */
export const counted = (n: number, one: string): string => `${n.toLocaleString("en-GB")} ${one}${n === 1 ? "" : "s"}`;
