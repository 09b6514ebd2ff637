/** What a JSON text says; undefined where it is none, as a damaged or foreign file. */
export function parsedJson(text: string | Uint8Array | undefined): unknown {
  try {
    return JSON.parse(typeof text === "string" ? text : Buffer.from(text ?? "").toString("utf8"));
  } catch {
    return undefined;
  }
}
