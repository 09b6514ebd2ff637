/**
 * Uniform numbers in [0, 1) of one named stream: sfc32 (128 bits of state with a counter, so that streams do not run
 * into each other as those of a 32-bit state do), seeded by FNV-1a of the name and the replicate.
 */
export function uniform(stream: string, replicate: number): () => number {
  let [a, b, c, counter] = [hash(stream), hash(`${stream}/${replicate}`), replicate | 0, 1];
  const draw = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4_294_967_296;
  };
  for (let warm = 0; warm < 15; warm++) draw();
  return draw;
}

function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return state;
}
