const FEW = 4096;
const DIGITS = 65536;

/**
 * The given positions in ascending order of their values, ties in the order given: a radix sort, linear in the number
 * of positions (16 bits a pass), where there are many. Values must not be NaN; -0 and 0 tie.
 */
export function sortedBy(values: Float64Array, positions: Int32Array): Int32Array {
  if (positions.length <= FEW)
    return Int32Array.from(Array.from(positions).sort((a, b) => (values[a] as number) - (values[b] as number)));
  const { low, high } = sortableBits(values, positions);
  let order = new Uint32Array(positions.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  let spare = new Uint32Array(order.length);
  for (const [words, shift] of [
    [low, 0],
    [low, 16],
    [high, 0],
    [high, 16],
  ] as const) {
    if (!pass(order, spare, words, shift)) continue;
    [order, spare] = [spare, order];
  }
  const sorted = new Int32Array(order.length);
  for (let i = 0; i < sorted.length; i++) sorted[i] = positions[order[i] as number] as number;
  return sorted;
}

/** Stable counting sort of positions by a small non-negative integer. */
export function groupedBy(codes: Int32Array, positions: Int32Array, count: number): Int32Array {
  const from = new Int32Array(count + 1);
  for (let i = 0; i < positions.length; i++) {
    const c = (codes[positions[i] as number] as number) + 1;
    from[c] = (from[c] as number) + 1;
  }
  for (let c = 0; c < count; c++) from[c + 1] = (from[c + 1] as number) + (from[c] as number);
  const out = new Int32Array(positions.length);
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i] as number;
    const c = codes[position] as number;
    out[from[c] as number] = position;
    from[c] = (from[c] as number) + 1;
  }
  return out;
}

/** The two halves of each value's bits, changed so that they sort as unsigned integers. */
function sortableBits(values: Float64Array, positions: Int32Array) {
  const low = new Uint32Array(positions.length);
  const high = new Uint32Array(positions.length);
  const one = new Float64Array(1);
  const bits = new Uint32Array(one.buffer);
  const little = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
  for (let i = 0; i < positions.length; i++) {
    one[0] = (values[positions[i] as number] as number) + 0;
    const top = bits[little ? 1 : 0] as number;
    const bottom = bits[little ? 0 : 1] as number;
    const negative = top >>> 31 === 1;
    high[i] = negative ? ~top : top | 0x80000000;
    low[i] = negative ? ~bottom : bottom;
  }
  return { low, high };
}

/** One stable pass over 16 bits; false, and nothing done, where all values share them. */
function pass(order: Uint32Array, into: Uint32Array, words: Uint32Array, shift: number): boolean {
  const from = new Uint32Array(DIGITS + 1);
  for (let i = 0; i < words.length; i++) {
    const d = (((words[i] as number) >>> shift) & 0xffff) + 1;
    from[d] = (from[d] as number) + 1;
  }
  if (from.some((count) => count === words.length)) return false;
  for (let d = 0; d < DIGITS; d++) from[d + 1] = (from[d + 1] as number) + (from[d] as number);
  for (let i = 0; i < order.length; i++) {
    const item = order[i] as number;
    const d = ((words[item] as number) >>> shift) & 0xffff;
    into[from[d] as number] = item;
    from[d] = (from[d] as number) + 1;
  }
  return true;
}
