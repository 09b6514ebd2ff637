import { BRANCHES, STARTED } from "./branches.ts";
import type { Table } from "./files.ts";
import { randomOf } from "./random.ts";

/* What the programme spent, by region, year and item; what the head office spends stands for the whole network. */
const YEARS = [2022, 2023, 2024];
/** Euros of 2022 a duo started; they rise by 4 % a year. */
const ITEMS = {
  "coordination of duos": { perDuo: 1180, funder: "[made up] regional grant" },
  "training of mentors": { perDuo: 410, funder: "[made up] European grant" },
  "rent and running costs": { perDuo: 290, funder: "[made up] private donors" },
} as const;
const HEAD_OFFICE = { item: "head office", perYear: 310_000, funder: "[made up] private donors" };

/** Amounts in euros with cents; `network` belongs to no region. */
export function drawBudget(): Table {
  const random = randomOf("budget");
  const regions = [...new Set(BRANCHES.map(({ region }) => region))];
  const rows = YEARS.flatMap((year) => {
    const price = 1.04 ** (year - 2022);
    const amount = (euros: number) => (euros * price * (0.95 + random.unit() / 10)).toFixed(2);
    return [
      ...regions.flatMap((region) =>
        Object.entries(ITEMS).map(([item, { perDuo, funder }]) => [
          region,
          String(year),
          item,
          amount(perDuo * startedIn(region, year)),
          funder,
        ]),
      ),
      ["network", String(year), HEAD_OFFICE.item, amount(HEAD_OFFICE.perYear), HEAD_OFFICE.funder],
    ];
  });
  return { header: ["region", "year", "item", "amount_eur", "funder"], rows };
}

/** Brussels' two branches are counted together. */
function startedIn(region: string, year: number): number {
  const own = BRANCHES.filter((branch) => branch.region === region);
  const ids = new Set(own.map(({ id }) => id.replace(/^SYN-BRU\d$/, "SYN-BRU")));
  const started = STARTED[String(year)] ?? {};
  return [...ids].reduce((sum, id) => sum + (started[id] ?? 0), 0);
}
