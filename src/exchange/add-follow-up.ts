import type { Table } from "apache-arrow";
import { columnsIn, tableOfColumns } from "../engine/columns-table.ts";
import type { SqlRow } from "../engine/engine.ts";
import { summedTables } from "./sums.ts";

const PLACE = ["key", "follow_up_month", "cause"] as const;

/** Exits of all services, numbered anew. */
export function addedFollowUp(tables: readonly Table[]): Table {
  const summed = summedTables(
    tables,
    PLACE.map((column) => ({ column })),
  );
  return tableOfColumns(
    columnsIn(summed).map((column) =>
      column.name === "position"
        ? { ...column, values: Int32Array.from({ length: summed.numRows }, (_, i) => i) }
        : column,
    ),
  );
}

/**
 * Pairs of exits of all services: what they point at has other numbers now, in the same order.
 * @param followUps the services' own exits
 */
export function addedExitPairs(pairs: readonly Table[], followUps: readonly Table[]): Table {
  const positions = positionsOf(addedFollowUp(followUps));
  const renumbered = pairs.map((table, service) => {
    const own = [...positionsOf(followUps[service] ?? table)].map(([place]) => positions.get(place) ?? 0);
    return tableOfColumns(
      columnsIn(table).map((column) =>
        column.name.startsWith("exit")
          ? { ...column, values: Int32Array.from(column.values as Int32Array, (at) => own[at] ?? 0) }
          : column,
      ),
    );
  });
  return summedTables(renumbered, [{ column: "exit1" }, { column: "exit2" }]);
}

/** The number of each exit by its place, in the order of numbers. */
function positionsOf(followUp: Table): ReadonlyMap<string, number> {
  const columns = columnsIn(followUp).filter(({ name }) => PLACE.some((own) => own === name));
  return new Map(
    Array.from({ length: followUp.numRows }, (_, row) => [columns.map(({ values }) => values[row]).join(" "), row]),
  );
}

/** Persons of all services by arm; a service without a row in an arm has nobody there. */
export function addedFollowUpPersons(services: readonly (readonly SqlRow[])[]): readonly SqlRow[] {
  const months = [...new Set(services.flat().map((row) => Number(row.follow_up_month)))].sort((a, b) => a - b);
  return ["controls", "participants"].flatMap((arm) => {
    const own = services.map((rows) => rows.filter((row) => row.arm === arm));
    if (own.every((rows) => rows.length === 0)) return [];
    const persons = own.reduce((sum, [first]) => sum + Number(first?.persons ?? 0), 0);
    return months.map((follow_up_month) => ({
      arm,
      follow_up_month,
      persons,
      placed: own
        .flat()
        .reduce((sum, row) => sum + (row.follow_up_month === follow_up_month ? Number(row.placed) : 0), 0),
    }));
  });
}
