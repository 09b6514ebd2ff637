import { z } from "zod";

const size = z.string().regex(/^[0-9]+(\.[0-9]+)? ?(KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/, "a number and a unit, e.g. 8GB");

const limits = {
  memoryLimit: size
    .optional()
    .describe("Memory of the embedded engine, beyond which it spills to disk; by default 60 % of the machine's"),
  spillLimit: size
    .optional()
    .describe("Disk that it may spill to in the temporary folder; by default nine tenths of what is free there"),
};

/**
 * Where risk sets, outcomes and patterns are computed. Files are always read by the embedded DuckDB; with `postgres`, what
 * it staged goes to that database for the length of the run.
 */
export const engineSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("duckdb"), ...limits }),
  z.strictObject({
    kind: z.literal("postgres"),
    url: z
      .string()
      .regex(/^env:[A-Za-z_][A-Za-z0-9_]*$/, "the name of an environment variable, e.g. env:DUO_IMPACT_POSTGRES")
      .describe("Environment variable that holds the address; an address with a password doesn't belong in a file"),
    ...limits,
  }),
]);

/**
 * `engine:` of a pipeline's YAML, defaults filled in; sizes are texts with a unit, and the address of a database stays
 * in its environment variable.
 */
export type EngineChoice = z.infer<typeof engineSchema>;
