import { basename } from "node:path";

/** The pipeline that a file or a name means: `pipelines/sib-evaluation.yaml` and `sib-evaluation` alike. */
export const pipelineName = (fileOrName: string): string => basename(fileOrName).replace(/\.ya?ml$/, "");
