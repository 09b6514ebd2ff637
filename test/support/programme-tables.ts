import type { Cell, Finding } from "../../src/disclose/finding.ts";
import { uniform } from "./random.ts";

/* A small programme at random: duos by branch, region and network, by year and all years together, started, running on the
   last day and ended, by the reason why they ended, and of how many it is known and declared what became of their mentees. Zeros, single regions and single branches
   come up often. */

interface Duo {
  readonly region: string;
  readonly branch: string;
  /** In which it started, and ended. */
  readonly started: number;
  readonly year: number;
  readonly isKnown: boolean;
  readonly hasJob: boolean;
  readonly reason: string;
}

const REGIONS = ["brussels", "flanders", "wallonia"] as const;
const YEARS = [2022, 2023, 2024] as const;
const REASONS = ["ran", "job", "other"] as const;
const SIZES = [0, 3, 8, 20] as const;
const CHANCES = [0.05, 0.5, 0.95] as const;

/** All that is told of the programme that a seed stands for, of which duos that aren't kept are missing. */
export function programme(seed: number, isKept: (duo: number) => boolean = () => true): readonly Finding[] {
  const random = uniform(seed);
  const later = uniform(seed + 7_000_000);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(of: readonly T[]): T => of[below(of.length)] as T;
  const regions = REGIONS.slice(0, 1 + below(3));
  const years = YEARS.slice(0, 1 + below(3));
  const branches = regions.flatMap((region) =>
    Array.from({ length: 1 + below(3) }, (_, i) => ({ region, branch: `${region}-${i}` })),
  );
  const all = branches.flatMap((place) =>
    years.flatMap((year) =>
      Array.from({ length: below(pick(SIZES) + 1) }, (): Duo => {
        const [isKnown, hasJob] = [random() < 0.8, random() < pick(CHANCES)];
        return { ...place, started: year - Math.floor(2 * later()), year, isKnown, hasJob, reason: pick(REASONS) };
      }),
    ),
  );
  const duos = all.filter((_, duo) => isKept(duo));
  const pooled = years.length > 1 ? [`${years[0]}-${years.at(-1)}`] : [];
  const told = [...years.map(String), ...pooled].flatMap((period) => {
    const own = duos.filter(({ year }) => period.includes("-") || String(year) === period);
    return [
      ...ofPlace("network", period, own),
      ...regions.flatMap((region) =>
        ofPlace(
          region,
          period,
          own.filter((duo) => duo.region === region),
        ),
      ),
      ...branches.flatMap(({ region, branch }) =>
        outcomes(
          { region, period, dimension: "branch", level: branch },
          own.filter((duo) => duo.branch === branch),
        ),
      ),
    ];
  });
  const places = [
    { region: "network", isOf: () => true },
    ...regions.map((region) => ({ region, isOf: (duo: Duo) => duo.region === region })),
  ];
  const flows = years.flatMap((year) => places.flatMap(({ region, isOf }) => flow(region, year, duos.filter(isOf))));
  return [...told, ...flows];
}

type At = Pick<Finding, "region" | "period" | "dimension" | "level">;

function ofPlace(region: string, period: string, duos: readonly Duo[]): readonly Finding[] {
  const at = { region, period, dimension: "total", level: "total" };
  const reasons = REASONS.map((level) =>
    finding(
      "duos_ended",
      { ...at, dimension: "end_reason", level },
      duos.filter(({ reason }) => reason === level).length,
    ),
  );
  return [...outcomes(at, duos), ...reasons];
}

/** Duos that started in a year, and those that ran on its last day. */
function flow(region: string, year: number, duos: readonly Duo[]): readonly Finding[] {
  const at = { region, period: String(year), dimension: "total", level: "total" };
  const started = duos.filter((duo) => duo.started === year);
  const running = duos.filter((duo) => duo.started <= year && duo.year > year);
  return [
    finding("duos_started", at, started.length),
    finding("duos_running", at, running.length, { flow: { came: "duos_started", left: "duos_ended" } }),
  ];
}

function outcomes(at: At, duos: readonly Duo[]): readonly Finding[] {
  const known = duos.filter(({ isKnown }) => isKnown);
  const named = (name: string): readonly string[] => [
    `${name}, ${[at.region, at.period, at.dimension === "branch" ? at.level : "total"].join(" ")}`,
  ];
  const sets = (base: string, numerator?: string): Pick<Cell, "sets"> => ({
    sets: { base: named(base), numerator: numerator === undefined ? [] : named(numerator) },
  });
  return [
    finding("duos_ended", at, duos.length, sets("ended")),
    finding("declared_follow_up", at, duos.length, { ...sets("ended", "known"), numerator: known.length }),
    finding("declared_job", at, known.length, {
      ...sets("known", "job"),
      numerator: known.filter(({ hasJob }) => hasJob).length,
    }),
  ];
}

function finding(metric: string, at: At, base: number, cell: Partial<Cell> = {}): Finding {
  const { numerator = null } = cell;
  const share = base === 0 ? null : (numerator ?? 0) / base;
  return {
    ...{ metric, ...at, arm: "duos", value: numerator === null ? base : share, lower: null, upper: null, n: base },
    unit: numerator === null ? "rows" : "proportion",
    ...{ definition: "", window: "", as_of: "2026-03-31" },
    cell: {
      ...{ kind: numerator === null ? "count" : "rate", persons: {}, base, ...cell, numerator },
      family: metric.startsWith("duos_") ? `${metric} duos` : "declared duos",
    },
  };
}
