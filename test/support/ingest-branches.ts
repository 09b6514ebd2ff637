import { ingested, source, table } from "./ingest-project.ts";

/** Asks for the staged branches with their places. */
export const staged =
  "select branch_id, name, region, source_file, source_row from staging.branches order by source_file, source_row";
/** A source of branches alone. */
export const branches = (more: object = {}): object =>
  source("programme", table("branches", "branch_id,name,region", more));

/** The branches that are staged from one file. */
export async function rowsOf(
  file: string,
  content: string | Uint8Array,
  more: object = {},
): Promise<readonly unknown[]> {
  return ingested({ [file]: content }, [branches({ files: file, ...more })], async ({ rows }) =>
    (await rows(staged)).map(({ branch_id, name, region, source_row }) => [branch_id, name, region, source_row]),
  );
}
