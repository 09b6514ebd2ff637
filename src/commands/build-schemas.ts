import { join } from "node:path";
import { packageRoot } from "../package-root.ts";
import { writeSchemas } from "./json-schema.ts";

/* Part of the build: the schemas that an editor finds by the first line of each file of `pipelines/`. */

writeSchemas(join(packageRoot(), "dist"));
