import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { builtScript, packageRoot } from "../package-root.ts";
import { makeFolder } from "../publish/make-folder.ts";
import { UserError } from "../user-error.ts";
import { writeSchemas } from "./json-schema.ts";
import { shellWord } from "./shell-word.ts";

const readme = (program: string): string => `# An evaluation of your own

\`pipelines/\` holds what you edit: a pipeline is the settings of one evaluation (its protocol), \`pipelines/sources/\` maps
your files to the tables that the evaluation reads; comments say what names do not. \`data-sample/\` is **synthetic**:
people and results are invented. Editors that know YAML check these files against \`schema/\` as you type.

1. Try it as it is: \`${program} run pipelines/sib-evaluation.yaml\`, then open \`out/sib-evaluation/latest/index.html\`.
2. Put your own files in a folder beside this one's \`pipelines/\`, for example \`data/\`.
3. \`${program} map FILE\` proposes a mapping of each: check it and put it into \`pipelines/sources/\`, or edit those there
   (\`files\`, columns, codes). Set \`synthetic: false\` in the mappings and the pipeline, and name in the pipeline's \`region\`
   what the branches' file calls it.
4. Persons leave a run as pseudonyms only. Make their key once, outside this folder, and keep it:
   \`openssl rand -hex 32 > ~/duo-impact.key && export DUO_IMPACT_KEY_FILE=~/duo-impact.key\`
5. \`${program} check pipelines/sib-evaluation.yaml\` reads everything, writes nothing and lists what is wrong.
6. Settle the protocol under \`evaluation\` before you look at a result; then \`run\`.
`;

/**
 * Writes a project that runs at once: commented pipelines and mappings with the sample data they read.
 * @throws UserError where the folder holds anything already
 */
export function initProject(folder: string): string {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new UserError(`${folder} is not empty; name a new folder, nothing was written`);
  makeFolder(folder);
  for (const part of ["pipelines", "data-sample"])
    cpSync(join(packageRoot(), part), join(folder, part), {
      recursive: true,
      filter: (path) => !path.endsWith(".ts") && !path.endsWith("generator"),
    });
  addSchemas(folder);
  const program = `node ${shellWord(builtScript("src/cli.ts"))}`;
  writeFileSync(join(folder, "README.md"), readme(program));
  return `A project of your own stands in ${folder}; its README.md says where to begin.\nTry it: cd ${shellWord(folder)} && ${program} run pipelines/sib-evaluation.yaml\n`;
}

/** The schemas that the first line of each file names; a clone has them in `dist`. */
function addSchemas(folder: string): void {
  makeFolder(join(folder, "schema"));
  writeSchemas(join(folder, "schema"));
  const pipelines = join(folder, "pipelines");
  for (const name of readdirSync(pipelines, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".yaml")) continue;
    const file = join(pipelines, name);
    writeFileSync(file, readFileSync(file, "utf8").replace(/(\$schema=[./]*\/)dist\//, "$1schema/"));
  }
}
