import type { SqlEngine } from "../engine/engine.ts";

/** Names of the staged branches by code. */
export async function branchNames(engine: SqlEngine): Promise<ReadonlyMap<string, string>> {
  const text = "select branch_id, name from staging.branches order by branch_id";
  const rows = await engine.rows({ name: "staging.branches", text });
  return new Map(rows.map(({ branch_id, name }) => [String(branch_id), String(name ?? branch_id)]));
}
