import { normalCumulative, normalQuantile } from "./normal.ts";

/** What a comparison of two placement rates is planned with. */
interface PowerSettings {
  /** Chance of finding the effect if it is there. */
  readonly power?: number;
  /** Two-sided significance level. */
  readonly alpha?: number;
  /**
   * Error of the test: `unpooled`, of two different rates, as the effect is reported; `pooled`, of one rate under
   * no effect, as R's `power.prop.test`. With many controls each, they differ by several per cent.
   */
  readonly error?: "unpooled" | "pooled";
}

/** Sizes of the arms in persons, not rounded; effective persons where weights or recurrence cost some. */
interface ArmSizes {
  readonly participants: number;
  readonly controls: number;
}

/** Planning rates, fixed before the outcome is read. */
interface PlannedRates {
  readonly participants: number;
  readonly controls: number;
}

/**
 * How many participants and controls find a gap between two rates:
 * n1 = [z_alpha/2 sqrt(V0) + z_power sqrt(V1)]^2 / gap^2, V1 = p1 q1 + p2 q2 / k, V0 = V1 or (1 + 1/k) times the pooled
 * rate's p q, with k controls each. Not rounded: round up. Null where there is no gap or a rate is outside 0-1.
 * Pooled and 1:1, the published gaps of 2014 and 2016 need 437.1 and 1,287.2 an arm; unpooled with 12 controls each,
 * 244.4 and 714.7 participants.
 */
export function requiredSizes(rates: PlannedRates, controlsEach = 1, settings: PowerSettings = {}): ArmSizes | null {
  const gap = rates.participants - rates.controls;
  if (!sound(rates) || gap === 0 || !(controlsEach > 0)) return null;
  const { null: underNone, effect } = spreads(rates, { participants: 1, controls: controlsEach }, settings);
  const [zAlpha, zPower] = quantiles(settings);
  const participants = ((zAlpha * underNone + zPower * effect) / gap) ** 2;
  return { participants, controls: participants * controlsEach };
}

/**
 * The least increase over a planned control rate that arms of these sizes find with the given power, a proportion.
 * Null where an arm is empty, or where even a rate of 1 would not be told apart.
 */
export function minimumDetectableEffect(
  controlRate: number,
  sizes: ArmSizes,
  settings: PowerSettings = {},
): number | null {
  if (!(sizes.participants > 0 && sizes.controls > 0 && controlRate >= 0 && controlRate < 1)) return null;
  const [zAlpha, zPower] = quantiles(settings);
  const found = (gap: number) => {
    const spread = spreads({ participants: controlRate + gap, controls: controlRate }, sizes, settings);
    return gap >= zAlpha * spread.null + zPower * spread.effect;
  };
  let [low, high] = [0, 1 - controlRate];
  if (!found(high)) return null;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (found(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The chance that arms of these sizes find the gap between two rates (of the right sign); null as above. */
export function powerOf(rates: PlannedRates, sizes: ArmSizes, settings: PowerSettings = {}): number | null {
  if (!sound(rates) || !(sizes.participants > 0 && sizes.controls > 0)) return null;
  const { null: underNone, effect } = spreads(rates, sizes, settings);
  const [zAlpha] = quantiles(settings);
  const excess = Math.abs(rates.participants - rates.controls) - zAlpha * underNone;
  return effect > 0 ? normalCumulative(excess / effect) : excess > 0 ? 1 : 0;
}

function quantiles({ power = 0.8, alpha = 0.05 }: PowerSettings): readonly [number, number] {
  return [-normalQuantile(alpha / 2), normalQuantile(power)];
}

/** Standard errors of the difference, under no effect as the test has it and under the effect. */
function spreads(rates: PlannedRates, sizes: ArmSizes, { error = "unpooled" }: PowerSettings) {
  const variance = (one: number, two: number) =>
    (one * (1 - one)) / sizes.participants + (two * (1 - two)) / sizes.controls;
  const pooled =
    (rates.participants * sizes.participants + rates.controls * sizes.controls) / (sizes.participants + sizes.controls);
  const effect = Math.sqrt(Math.max(0, variance(rates.participants, rates.controls)));
  return { effect, null: error === "pooled" ? Math.sqrt(variance(pooled, pooled)) : effect };
}

function sound({ participants, controls }: PlannedRates): boolean {
  return [participants, controls].every((rate) => rate >= 0 && rate <= 1);
}
