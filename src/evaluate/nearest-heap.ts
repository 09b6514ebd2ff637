/** A possible match; the least is the nearest, ties by the participant's id and then by the control's. */
interface Candidate {
  readonly distance: number;
  readonly treatedId: number;
  readonly controlId: number;
  /** What the candidate stands for, for the one who put it in. */
  readonly from: number;
  readonly to: number;
}

/** A binary heap of candidates, least first. */
export function candidateHeap() {
  const items: Candidate[] = [];
  return { push: (item: Candidate) => push(items, item), pop: () => pop(items) };
}

function before(a: Candidate, b: Candidate): boolean {
  if (a.distance !== b.distance) return a.distance < b.distance;
  if (a.treatedId !== b.treatedId) return a.treatedId < b.treatedId;
  return a.controlId < b.controlId;
}

function push(items: Candidate[], item: Candidate): void {
  let at = items.length;
  items.push(item);
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = items[up] as Candidate;
    if (!before(item, parent)) break;
    items[at] = parent;
    at = up;
  }
  items[at] = item;
}

function pop(items: Candidate[]): Candidate | undefined {
  const least = items[0];
  const last = items.pop();
  if (last === undefined || items.length === 0) return least;
  let at = 0;
  for (let down = 1; down < items.length; down = 2 * at + 1) {
    const right = items[down + 1];
    if (right !== undefined && before(right, items[down] as Candidate)) down++;
    const child = items[down] as Candidate;
    if (!before(child, last)) break;
    items[at] = child;
    at = down;
  }
  items[at] = last;
  return least;
}
