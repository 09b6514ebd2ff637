/** Which units take part in a match by distance, and in which block; units are persons, or patterns. */
export interface Units {
  /** 1 participant, 0 control. */
  readonly arm: Uint8Array;
  /** Units are matched within their block only; -1 takes no part. */
  readonly block: Int32Array;
  /** Units in the order of their ids, which breaks ties; null where the data are in that order. */
  readonly byId: Int32Array | null;
}

/**
 * Standard deviation of a distance over all units that have one, with n - 1 and each unit counted `rows` times:
 * the unit of a caliper (MatchIt's). Null where fewer than two rows have one.
 */
export function distanceSd(distance: Float64Array, rows: Float64Array): number | null {
  let n = 0;
  let sum = 0;
  for (let i = 0; i < distance.length; i++) {
    if (!counts(distance, rows, i)) continue;
    n += rows[i] as number;
    sum += (rows[i] as number) * (distance[i] as number);
  }
  if (n < 2) return null;
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < distance.length; i++)
    if (counts(distance, rows, i)) squares += (rows[i] as number) * ((distance[i] as number) - mean) ** 2;
  return Math.sqrt(squares / (n - 1));
}

function counts(distance: Float64Array, rows: Float64Array, i: number): boolean {
  return Number.isFinite(distance[i]) && (rows[i] as number) > 0;
}

/** Positions of each unit in the order of ids. */
export function idRanks(units: Units): Int32Array | null {
  if (units.byId === null) return null;
  const rank = new Int32Array(units.arm.length);
  units.byId.forEach((unit, r) => {
    rank[unit] = r;
  });
  return rank;
}
