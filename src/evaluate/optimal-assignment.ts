/**
 * Gives each of `few` another of `many` so that the sum of costs is least, by shortest augmenting paths with potentials
 * (Jonker and Volgenant 1987): at most few^2 x many steps, and far fewer where few are well spread among many.
 * @param cost of giving the j-th of many to the i-th of few
 * @returns for each of `few`, the position of its partner in `many`
 */
export function assign(few: number, many: number, cost: (i: number, j: number) => number): Int32Array {
  const state: State = {
    owner: new Int32Array(many).fill(-1),
    rowPotential: new Float64Array(few),
    columnPotential: new Float64Array(many),
    least: new Float64Array(many),
    from: new Int32Array(many),
    done: new Uint8Array(many),
  };
  for (const i of reduce(state, few, cost)) augment(state, i, cost);
  const partner = new Int32Array(few);
  state.owner.forEach((i, j) => {
    if (i >= 0) partner[i] = j;
  });
  return partner;
}

interface State {
  /** Which of few each of many is given to; -1 for none. */
  readonly owner: Int32Array;
  readonly rowPotential: Float64Array;
  readonly columnPotential: Float64Array;
  /** Least reduced cost at which each of many is reached on this path, and from which of many. */
  readonly least: Float64Array;
  readonly from: Int32Array;
  readonly done: Uint8Array;
}

/**
 * Gives each row its cheapest column, and pushes out who has it, at a price that makes the second cheapest as good;
 * returns the rows left over. Columns that stay free keep potential 0, as the optimum asks.
 */
function reduce(state: State, few: number, cost: (i: number, j: number) => number): number[] {
  const { owner, rowPotential, columnPotential } = state;
  const left: number[] = [];
  const waiting = Array.from({ length: few }, (_, i) => few - 1 - i);
  for (let steps = 0; waiting.length > 0; steps++) {
    const i = waiting.pop() as number;
    const { first, second, least, next } = twoCheapest(state, i, cost);
    const free = (j: number) => j >= 0 && (owner[j] as number) < 0;
    const column = next > least || free(first) || !free(second) ? first : second;
    const pushed = owner[column] as number;
    rowPotential[i] = least;
    if (pushed >= 0 && (next === least || steps > 8 * few)) {
      left.push(i);
      continue;
    }
    if (next < Number.POSITIVE_INFINITY) {
      rowPotential[i] = next;
      columnPotential[column] = (columnPotential[column] as number) - (next - least);
    }
    owner[column] = i;
    if (pushed >= 0) waiting.push(pushed);
  }
  return left;
}

function twoCheapest({ owner, columnPotential }: State, i: number, cost: (i: number, j: number) => number) {
  let [first, second, least, next] = [-1, -1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let j = 0; j < owner.length; j++) {
    const price = cost(i, j) - (columnPotential[j] as number);
    if (price >= next) continue;
    if (price < least) {
      [second, next] = [first, least];
      [first, least] = [j, price];
    } else [second, next] = [j, price];
  }
  return { first, second, least, next };
}

/** Finds the shortest way from row i to one of many that is free, and gives everything on it to the one before. */
function augment(state: State, i: number, cost: (i: number, j: number) => number): void {
  const { owner, rowPotential, columnPotential, least, from, done } = state;
  least.fill(Number.POSITIVE_INFINITY);
  from.fill(-1);
  done.fill(0);
  const path: number[] = [];
  let [row, column, reached] = [i, -1, 0];
  while (row >= 0) {
    let next = -1;
    let nearest = Number.POSITIVE_INFINITY;
    const base = reached - (rowPotential[row] as number);
    for (let j = 0; j < owner.length; j++) {
      if (done[j] === 1) continue;
      const through = base + cost(row, j) - (columnPotential[j] as number);
      if (through < (least[j] as number)) {
        least[j] = through;
        from[j] = column;
      }
      const tied = least[j] === nearest && next >= 0 && (owner[next] as number) >= 0 && (owner[j] as number) < 0;
      if ((least[j] as number) < nearest || tied) {
        nearest = least[j] as number;
        next = j;
      }
    }
    reached = nearest;
    column = next;
    done[column] = 1;
    path.push(column);
    row = owner[column] as number;
  }
  rowPotential[i] = (rowPotential[i] as number) + reached;
  for (const j of path) {
    const gain = reached - (least[j] as number);
    const held = owner[j] as number;
    columnPotential[j] = (columnPotential[j] as number) - gain;
    if (held >= 0) rowPotential[held] = (rowPotential[held] as number) + gain;
  }
  for (let j = column; j >= 0; j = from[j] as number) {
    const before = from[j] as number;
    owner[j] = before < 0 ? i : (owner[before] as number);
  }
}
