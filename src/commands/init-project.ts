import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.ts";
import { UserError } from "../user-error.ts";

const readme = (program: string): string => `# An evaluation of your own

\`pipelines/\` holds what you edit: a pipeline is the settings of one evaluation (its protocol), \`pipelines/sources/\` maps
your files to the tables that the evaluation reads. Every line is commented. \`data-sample/\` is **synthetic**: people and
results are invented.

1. Try it as it is: \`${program} run pipelines/sib-evaluation.yaml\`, then open \`out/sib-evaluation/latest/index.html\`.
2. Put your own files in a folder beside this one's \`pipelines/\`, for example \`data/\`.
3. In \`pipelines/sources/*.yaml\`, point \`files\` at them and name their columns and codes; set \`synthetic: false\`.
4. \`${program} check pipelines/sib-evaluation.yaml\` reads everything, writes nothing and lists what is wrong.
5. Settle the protocol under \`evaluation\` before you look at a result; then \`run\`.

\`${program} schema\` prints the JSON Schema of the pipeline files, for an editor that checks them as you type.
`;

/**
 * Writes a project that runs at once: commented pipelines and mappings with the sample data they read.
 * @throws UserError where the folder holds anything already
 */
export function initProject(folder: string): string {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new UserError(`${folder} is not empty; name a new folder, nothing was written`);
  mkdirSync(folder, { recursive: true });
  for (const part of ["pipelines", "data-sample"])
    cpSync(join(packageRoot(), part), join(folder, part), {
      recursive: true,
      filter: (path) => !path.endsWith(".ts") && !path.endsWith("generator"),
    });
  const program = `node ${join(packageRoot(), "dist", "src", "cli.js")}`;
  writeFileSync(join(folder, "README.md"), readme(program));
  return `A project of your own stands in ${folder}; its README.md says where to begin.\nTry it: cd ${folder} && ${program} run pipelines/sib-evaluation.yaml\n`;
}
