import { expect } from "vitest";
import { z } from "zod";

/*
 * What the Data Package standard (v2, datapackage.org) asks of a descriptor, as its text says it: required properties,
 * names, types and formats of what is used here. Properties beyond the standard are allowed.
 */

const NAME = /^[a-z0-9._/-]+$/;
const text = z.string().min(1);

const category = z.looseObject({ value: text, label: text });

const field = z.looseObject({
  name: text,
  type: z.enum([
    "string",
    "number",
    "integer",
    "boolean",
    "object",
    "array",
    "datetime",
    "date",
    "time",
    "year",
    "any",
  ]),
  title: text,
  categories: z.array(category).min(1).optional(),
});

const schema = z.looseObject({
  $schema: z.literal("https://datapackage.org/profiles/2.0/tableschema.json"),
  fields: z.array(field).min(1),
  fieldsMatch: z.tuple([z.enum(["exact", "equal", "subset", "superset", "partial"])]),
  missingValues: z.array(z.string()),
  primaryKey: z.array(text).min(1),
});

const dialect = z.looseObject({
  $schema: z.literal("https://datapackage.org/profiles/2.0/tabledialect.json"),
  delimiter: z.string().length(1),
  quoteChar: z.string().length(1),
  header: z.boolean(),
});

const resource = z.looseObject({
  $schema: z.literal("https://datapackage.org/profiles/2.0/dataresource.json"),
  name: z.string().regex(NAME),
  type: z.literal("table"),
  path: z.string().regex(/^(?!\/)(?!.*\.\.)(?!.*:)[^\\]+$/),
  format: text,
  mediatype: z.string().regex(/^[^/]+\/[^/]+$/),
  bytes: z.int().positive(),
  hash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  encoding: z.literal("utf-8").optional(),
  dialect: dialect.optional(),
  schema,
});

const contributor = z.looseObject({ title: text, roles: z.array(text).min(1) });

const descriptor = z.looseObject({
  $schema: z.literal("https://datapackage.org/profiles/2.0/datapackage.json"),
  name: z.string().regex(NAME),
  title: text,
  description: text,
  version: text,
  contributors: z.array(contributor).min(1),
  resources: z.array(resource).min(1),
});

export type DataPackage = z.infer<typeof descriptor>;

/** Parses a descriptor by the standard; its key and its resources' names are consistent. */
export function validDataPackage(json: string): DataPackage {
  const found = descriptor.parse(JSON.parse(json));
  const names = found.resources.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { schema: own } of found.resources) {
    const fields = own.fields.map(({ name }) => name);
    expect(new Set(fields).size).toBe(fields.length);
    expect(fields).toEqual(expect.arrayContaining(own.primaryKey));
  }
  return found;
}
