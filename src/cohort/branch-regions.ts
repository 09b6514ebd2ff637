import { closest } from "../closest.ts";
import type { SqlEngine } from "../engine/engine.ts";

/**
 * Why no duo can be of a region: no branch is. Undefined where one is, and where no branch was read, which is told as such
 * when duos are counted.
 */
export async function regionProblem(engine: Pick<SqlEngine, "rows">, region: string): Promise<string | undefined> {
  const text = "select distinct region from staging.branches where region is not null order by region";
  const regions = (await engine.rows({ name: "staging.branches", text })).map((row) => String(row.region));
  if (regions.length === 0 || regions.includes(region)) return undefined;
  return `region: no branch is in '${region}'; ${closest(region, regions)}. Name the region as the branches do, or map it with \`codes\``;
}
