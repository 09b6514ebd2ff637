/** Where the keys of all messages stand for the type check. */
export const KEYS_FILE = "src/wording/every-message-key.ts";

/** The file's text: one key a line, in the messages' order. */
export const keysText = (keys: Iterable<string>): string =>
  `/* Made from reports/messages/en.yaml by \`npm run keys\`; the build ends where it differs. */

export type EveryMessageKey =
${[...keys].map((key) => `  | "${key}"`).join("\n")};
`;
