/**
 * Gives each of `few` another of `many` so that the sum of |difference| is least; both ascending, few no longer than
 * many. On a line the best matching never crosses, so one pass over the table of (few, many) finds it: entry (i, j) is
 * the least sum for the first i among the first j, and one bit says whether j is used. Memory: a bit an entry.
 * @returns for each of `few`, the position of its partner in `many`
 */
export function assignOnLine(few: Float64Array, many: Float64Array): Int32Array {
  const slack = many.length - few.length;
  const used = new Uint8Array(Math.ceil((few.length * (slack + 1)) / 8));
  let above = new Float64Array(slack + 1);
  let row = new Float64Array(slack + 1);
  for (let i = 0; i < few.length; i++) {
    let skipped = Number.POSITIVE_INFINITY;
    for (let s = 0; s <= slack; s++) {
      const taken = (above[s] as number) + Math.abs((few[i] as number) - (many[i + s] as number));
      if (taken < skipped) mark(used, i * (slack + 1) + s);
      skipped = Math.min(skipped, taken);
      row[s] = skipped;
    }
    [above, row] = [row, above];
  }
  const partner = new Int32Array(few.length);
  for (let i = few.length - 1, s = slack; i >= 0; i--) {
    while (!marked(used, i * (slack + 1) + s)) s--;
    partner[i] = i + s;
  }
  return partner;
}

function mark(bits: Uint8Array, at: number): void {
  bits[at >> 3] = (bits[at >> 3] as number) | (1 << (at & 7));
}

function marked(bits: Uint8Array, at: number): boolean {
  return ((bits[at >> 3] as number) & (1 << (at & 7))) !== 0;
}
