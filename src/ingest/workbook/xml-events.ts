import { UserError } from "../../user-error.ts";

interface XmlHandlers {
  readonly open: (name: string, attributes: string) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
}

/** Longer tags and texts than this belong to no workbook. */
const LONGEST = 1 << 21;

/** Reads XML that arrives in pieces: names without prefix, texts decoded; document types are refused. */
export function xmlReader(file: string, handlers: XmlHandlers): { write(piece: string): void } {
  let rest = "";
  return {
    write(piece) {
      rest += piece;
      rest = rest.slice(readTokens(file, rest, handlers));
      if (rest.length > LONGEST)
        throw new UserError(`${file} is not a sound workbook: a text in it never ends; save it again from Excel`);
    },
  };
}

function readTokens(file: string, text: string, { open, close, text: onText }: XmlHandlers): number {
  let at = 0;
  for (;;) {
    const tag = text.indexOf("<", at);
    if (tag < 0) return at;
    const end = tagEnd(text, tag);
    if (end < 0) return at;
    if (tag > at) onText(decoded(text.slice(at, tag)));
    at = end;
    const inside = text.slice(tag + 1, end - 1);
    if (inside.startsWith("!DOCTYPE"))
      throw new UserError(`${file} holds a document type, which no workbook needs; save it again from Excel`);
    if (inside.startsWith("![CDATA[")) onText(inside.slice(8, -2));
    if (inside.startsWith("!") || inside.startsWith("?")) continue;
    if (inside.startsWith("/")) {
      close(localName(inside.slice(1).trim()));
      continue;
    }
    const selfClosed = inside.endsWith("/");
    const space = inside.search(/[\s/]/);
    const name = localName(space < 0 ? inside : inside.slice(0, space));
    open(name, space < 0 ? "" : inside.slice(space));
    if (selfClosed) close(name);
  }
}

function tagEnd(text: string, tag: number): number {
  const [opening, closing] = text.startsWith("<![CDATA[", tag)
    ? ["<![CDATA[", "]]>"]
    : text.startsWith("<!--", tag)
      ? ["<!--", "-->"]
      : ["<", ">"];
  const end = text.indexOf(closing, tag + opening.length);
  return end < 0 ? -1 : end + closing.length;
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

const decoded = (text: string): string =>
  text.includes("&")
    ? text.replaceAll(
        /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g,
        (whole, hex?: string, decimal?: string, name?: string) => {
          if (name !== undefined) return ENTITIES[name] ?? whole;
          const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
          return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
        },
      )
    : text;

/** The value of one attribute, undefined when it isn't there. */
export function attributeOf(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? undefined : decoded(value);
}
