import { deserialize, serialize } from "node:v8";
import { Table, tableFromIPC, tableToIPC } from "apache-arrow";

/** Stands for an Arrow table in what is written. */
const ARROW = "\u0000arrow";

/**
 * A step's value as bytes: plain objects, arrays, maps, sets, typed arrays and Arrow tables.
 * @throws TypeError for a function or an instance of a class, which would come back as something else
 */
export const encode = (value: unknown): Buffer => serialize(plain(value));

/** The value that `encode` was given. */
export const decode = (bytes: Uint8Array): unknown => restored(deserialize(bytes));

function plain(value: unknown): unknown {
  if (typeof value === "function" || typeof value === "symbol") throw new TypeError(`a ${typeof value} can't be kept`);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Table) return { [ARROW]: tableToIPC(value, "file") };
  if (ArrayBuffer.isView(value)) return own(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [plain(key), plain(item)]));
  if (value instanceof Set) return new Set([...value].map(plain));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`an instance of ${value.constructor.name} can't be kept`);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** Memory that threads share can't be written as it is. */
function own(view: ArrayBufferView): ArrayBufferView {
  if (!(view.buffer instanceof SharedArrayBuffer)) return view;
  if (view instanceof Float64Array) return Float64Array.from(view);
  if (view instanceof Int32Array) return Int32Array.from(view);
  if (view instanceof Uint8Array) return Uint8Array.from(view);
  throw new TypeError(`a shared ${view.constructor.name} can't be kept`);
}

function restored(value: unknown): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(restored);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [restored(key), restored(item)]));
  if (value instanceof Set) return new Set([...value].map(restored));
  const entries = Object.entries(value);
  const [[name, bytes] = []] = entries;
  if (name === ARROW && bytes instanceof Uint8Array) return tableFromIPC(bytes);
  return Object.fromEntries(entries.map(([key, item]) => [key, restored(item)]));
}
