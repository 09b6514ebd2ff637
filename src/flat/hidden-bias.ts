import type { Evaluation } from "../evaluate/evaluation.ts";
import type { MatchedPairs } from "../evaluate/nearest-pairs.ts";
import type { Outcomes } from "../evaluate/patterns.ts";
import {
  type DiscordantPairs,
  type EValue,
  eValue,
  type RosenbaumBound,
  rosenbaumBounds,
  tippingGamma,
} from "../evaluate/sensitivity-bounds.ts";

/** How strong something unmeasured would have to be to change what is found; for outcomes of 0 and 1. */
export interface HiddenBias {
  readonly eValue: EValue | null;
  /** For pairs of one participant and one control, each in one pair only. */
  readonly rosenbaum?: DiscordantPairs & {
    /** From this degree of bias on, the pairs are no longer significant at 2.5 % one-sided; null where they never are. */
    readonly gamma: number | null;
    readonly bounds: readonly RosenbaumBound[];
  };
}

const GAMMAS = [1, 1.25, 1.5, 2, 3] as const;

/** E-values of the risk ratio, and Rosenbaum's bounds where there are pairs. */
export function hiddenBias(
  { riskRatio }: Pick<Evaluation, "riskRatio">,
  outcomes: Outcomes,
  pairs: MatchedPairs | undefined,
): HiddenBias {
  const own = { eValue: eValue(riskRatio.estimate, riskRatio) };
  if (pairs === undefined || pairs.size === 0 || !isOneToOne(pairs)) return own;
  const found = discordant(pairs, outcomes);
  return { ...own, rosenbaum: { ...found, gamma: tippingGamma(found), bounds: rosenbaumBounds(found, GAMMAS) } };
}

const isOneToOne = ({ control, rank }: MatchedPairs): boolean =>
  rank.every((one) => one === 1) && new Set(control).size === control.length;

function discordant({ treated, control }: MatchedPairs, { sum }: Outcomes): DiscordantPairs {
  const found = { participantOnly: 0, controlOnly: 0 };
  for (const [i, participant] of treated.entries()) {
    const [a, b] = [sum[participant] ?? 0, sum[control[i] ?? 0] ?? 0];
    if (a > b) found.participantOnly++;
    if (a < b) found.controlOnly++;
  }
  return found;
}
