import { isBinary, type SeType } from "../evaluate/effect.ts";
import { type Evaluation, type EvaluationInputs, evaluation, sampleOf } from "../evaluate/evaluation.ts";
import { noHomogeneity } from "../evaluate/homogeneity.ts";
import { type MantelHaenszel, mantelHaenszel } from "../evaluate/mantel-haenszel.ts";
import { type PlainTable, plainTable } from "../evaluate/plain-table.ts";
import type { Rung } from "../evaluate/relaxed.ts";
import { tablesByStratum } from "../evaluate/strata-tables.ts";
import type { TwoArms } from "../evaluate/two-proportions.ts";
import type { Verdict } from "../evaluate/verdicts.ts";
import { type Call, callOf, type Estimand, estimandOf } from "./call.ts";
import { type Detectable, detectable } from "./detectable.ts";
import { type HiddenBias, hiddenBias } from "./hidden-bias.ts";
import type { TableMatch } from "./match.ts";
import { type PropensityModel, propensityModel } from "./propensity-model.ts";
import type { TableSettings } from "./settings.ts";
import type { Subgroups } from "./subgroups.ts";

/** What `--json` prints. */
export interface TableAnswer extends Evaluation {
  readonly call: Call;
  readonly estimand: Estimand;
  readonly rungs?: readonly Rung[];
  /** For 0/1 outcomes; null where nobody is matched. */
  readonly detectable?: Detectable | null;
  readonly propensity?: PropensityModel;
  readonly hiddenBias?: HiddenBias;
  readonly subgroups?: readonly Subgroups[];
  /** For 0/1 outcomes where nobody is in two rows; see `equalWeights` for whether it is the effect's table. */
  readonly plainTable?: PlainTable;
  /** For 0/1 outcomes of strata or sets, where nobody is in two rows or two sets. */
  readonly mantelHaenszel?: MantelHaenszel;
}

/** What the answer is put together from. */
interface AnswerParts {
  readonly settings: TableSettings;
  readonly error: SeType;
  readonly match: TableMatch;
  readonly inputs: EvaluationInputs;
  readonly subgroups: readonly Subgroups[];
}

/** The whole answer, in the order in which it is read. */
export function answerOf({ settings, error, match, inputs, subgroups }: AnswerParts): TableAnswer {
  const result = evaluation(inputs);
  const { outcomes, recurring } = inputs;
  const proportion = isBinary({ outcomes });
  return {
    call: callOf(settings, error),
    estimand: estimandOf(result),
    ...result,
    verdicts: [...result.verdicts, ...separationVerdict(match)],
    ...(proportion
      ? {
          detectable: detectable(result, settings.plannedRate),
          hiddenBias: hiddenBias(result, outcomes, match.pairs),
        }
      : {}),
    ...(match.rungs === undefined ? {} : { rungs: match.rungs }),
    ...(match.fit === undefined ? {} : { propensity: propensityModel(match.fit) }),
    ...(subgroups.length === 0 ? {} : { subgroups }),
    ...(proportion && recurring === undefined ? countedTables(inputs, match, settings) : {}),
  };
}

/** Rows whose arm the covariates decide have no comparable ones in the other arm, whatever score they are given. */
function separationVerdict({ fit }: TableMatch): readonly Verdict[] {
  const separation = fit?.separation ?? null;
  return separation === null ? [] : [{ name: "separation", value: separation.rows, threshold: 0, passed: false }];
}

/** What is made of counts without weights. Rungs and replacement put one control in several strata or sets. */
function countedTables(inputs: EvaluationInputs, match: TableMatch, { replace, relax = [] }: TableSettings) {
  const sample = sampleOf(inputs);
  const table = plainTable(sample);
  const strata = replace === true || relax.length > 0 ? [] : tablesByStratum(sample, inputs.design.stratum);
  return {
    ...(table === null ? {} : { plainTable: table }),
    ...(strata.length === 0 ? {} : { mantelHaenszel: pooled(strata, match) }),
  };
}

/** Matched sets are too small for a test that all of them have one odds ratio. */
function pooled(strata: readonly TwoArms[], { pairs }: TableMatch): MantelHaenszel {
  const found = mantelHaenszel(strata);
  return pairs === undefined ? found : { ...found, homogeneity: noHomogeneity("too-few") };
}
