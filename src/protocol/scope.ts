import { dirname } from "node:path";
import type { Questionnaires } from "../ingest/surveys/questionnaires.ts";
import { UserError } from "../user-error.ts";
import type { Project } from "./project.ts";
import type { Pipeline } from "./protocol.ts";
import { loadQuestionnaires } from "./questionnaires.ts";

/**
 * The pipeline with cohorts up to `year`.
 * @throws UserError where no cohort year remains
 */
export function upTo(pipeline: Pipeline, year: number | undefined): Pipeline {
  const all = pipeline.evaluation.cohorts.years.toSorted((a, b) => a - b);
  const years = year === undefined ? all : all.filter((one) => one <= year);
  if (years.length === 0 || (year !== undefined && !all.includes(year)))
    throw new UserError(`--year: ${year} is not a cohort year of ${pipeline.pipeline} (${all.join(", ")})`);
  const { programme } = pipeline;
  const reported = programme?.years.filter((one) => year === undefined || one <= year) ?? [];
  if (programme !== undefined && reported.length === 0)
    throw new UserError(`--year: ${year} is before every year of \`programme\` (${programme.years.join(", ")})`);
  return {
    ...pipeline,
    ...(programme === undefined ? {} : { programme: { ...programme, years: reported } }),
    evaluation: { ...pipeline.evaluation, cohorts: { ...pipeline.evaluation.cohorts, years } },
  };
}

/** Reports that tell of the programme's years. */
const OF_THE_YEAR: ReadonlySet<string> = new Set(["annual", "region", "employment-service"]);

/** How a pipeline's sources are read: where, with which rejects allowed, who is eligible, and which questionnaires. */
export function sourceOptions({ file, folder, pipeline, sourcesFolder }: Project) {
  const { ageFrom, ageTo } = pipeline.evaluation.eligibility;
  if (pipeline.questionnaires !== undefined && pipeline.programme === undefined)
    throw new UserError(`${file}: questionnaires: they are told by the programme's years; add \`programme\``);
  for (const { report } of pipeline.reports)
    if (OF_THE_YEAR.has(report) && pipeline.programme === undefined)
      throw new UserError(`${file}: reports: the ${report} report tells of the programme's years; add \`programme\``);
  const questionnaires = loadQuestionnaires(dirname(sourcesFolder), pipeline.questionnaires);
  return {
    projectFolder: folder,
    maxRejectedShare: pipeline.ingest.maxRejectedShare,
    menteeAges: [ageFrom, ageTo] as const,
    ...(questionnaires === undefined ? {} : { questionnaires }),
  };
}

/** Whether every person is invented: no source and no questionnaire is of real ones. */
export const allSynthetic = (
  sources: ReadonlyArray<{ readonly synthetic: boolean }>,
  questionnaires?: Questionnaires,
): boolean => sources.every(({ synthetic }) => synthetic) && questionnaires?.codebook.synthetic !== false;

/**
 * Refuses a pipeline whose outputs would hide that something in them is invented, or call real persons invented.
 * @param isPackSynthetic of the patterns that stand in for a register; undefined where there are none
 * @throws UserError naming what is synthetic
 */
export function checkSynthetic(
  { file, pipeline }: Project,
  sources: ReadonlyArray<{ readonly source: string; readonly synthetic: boolean }>,
  questionnaires: Questionnaires | undefined,
  isPackSynthetic: boolean | undefined,
): void {
  const invented = [
    ...sources.filter(({ synthetic }) => synthetic).map(({ source }) => `sources/${source}.yaml`),
    ...(questionnaires?.codebook.synthetic ? [`questionnaires/${questionnaires.codebook.questionnaire}.yaml`] : []),
    ...(isPackSynthetic === true ? [`the patterns of ${pipeline.patterns}`] : []),
  ];
  if (!pipeline.synthetic && invented.length > 0)
    throw new UserError(
      `${file}: synthetic: false, and invented data are among what it reads (${invented.join(", ")}); set it to true, or read real ones, with \`synthetic: false\` in their mapping`,
    );
  if (pipeline.synthetic && invented.length === 0)
    throw new UserError(
      `${file}: synthetic: true, and nothing that it reads says that it is invented; set it to false, or every output calls real persons invented`,
    );
}

interface RegisterSource {
  readonly source: string;
  readonly register?: string | undefined;
  readonly region?: string | undefined;
  readonly extraction?: string | undefined;
  readonly reportingLagMonths?: number | undefined;
}

/**
 * The register that the pipeline's region is evaluated with.
 * @throws UserError where it is not among the sources, or its mapping contradicts the protocol
 */
export function registerOf(pipeline: Pipeline, sources: readonly RegisterSource[]): string {
  const { register } = pipeline.evaluation;
  const found = sources.find((source) => source.source === register.source);
  const where = `${pipeline.pipeline}.yaml: evaluation.register`;
  if (found?.register === undefined)
    throw new UserError(
      `${where}.source: '${register.source}' is not a register among the sources; add it to \`sources\``,
    );
  const problems = [
    ...(found.region === undefined || found.region === pipeline.region
      ? []
      : [
          `${where}.source: ${register.source} covers '${found.region}', the pipeline '${pipeline.region}'; write in both what the branches' file calls it, after its codes`,
        ]),
    ...(found.extraction === undefined || found.extraction === register.extraction
      ? []
      : [
          `${where}.extraction: ${register.extraction} differs from ${found.extraction} in sources/${register.source}.yaml`,
        ]),
    ...(found.reportingLagMonths === undefined || found.reportingLagMonths === register.reportingLagMonths
      ? []
      : [
          `${where}.reportingLagMonths: ${register.reportingLagMonths} differs from ${found.reportingLagMonths} in sources/${register.source}.yaml`,
        ]),
  ];
  if (problems.length > 0) throw new UserError(problems);
  return found.register;
}
