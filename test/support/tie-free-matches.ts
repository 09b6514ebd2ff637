import type { NearestSettings } from "../../src/evaluate/nearest.ts";

/** How MatchIt was asked to match `tiefree_input.csv`, by the name of its answer (`tiefree_k2_weights.csv`). */
export const TIE_FREE_MATCHES = {
  largest: { order: "largest" },
  smallest: { order: "smallest" },
  data: { order: "data" },
  closest: { order: "closest" },
  replace: { replace: true },
  k2: { ratio: 2 },
  k3: { ratio: 3 },
  k3_replace: { ratio: 3, replace: true },
  cal02: { caliper: 0.2 },
  cal02_k3: { caliper: 0.2, ratio: 3 },
  cal02_replace: { caliper: 0.2, replace: true },
  exact_race: { exact: ["race"] },
  exact_race_cal02: { exact: ["race"], caliper: 0.2 },
} satisfies Record<string, Omit<NearestSettings, "distance">>;
