import { tableFromIPC as readIPC, type Table, tableToIPC as writeIPC } from "apache-arrow";

/** An Arrow file (IPC file format) of one table: the same rows give the same bytes. */
export function tableToIPC(table: Table): Uint8Array {
  return writeIPC(table, "file");
}

/** The table of an Arrow file, e.g. of the evaluator's restricted files. */
export function tableFromIPC(bytes: Uint8Array): Table {
  return readIPC(bytes);
}
