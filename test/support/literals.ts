/**
 * Texts of a TypeScript file in double quotes and backticks, innermost ones too: each as its parts, between which a
 * template holds a value.
 */
export function literalsOf(source: string): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  const text = source.replaceAll(/^ *(?:\/\*[\s\S]*?\*\/|\/\/.*$)/gm, "");
  let at = 0;
  const quoted = (): void => {
    const [whole = '"', inner = ""] = /^"((?:[^"\\\n]|\\.)*)"/.exec(text.slice(at)) ?? [];
    at += whole.length;
    found.push([inner]);
  };
  const template = (): void => {
    const parts = [""];
    for (at++; at < text.length && text[at] !== "`"; ) {
      if (text.startsWith("${", at)) {
        at += 2;
        code("}");
        parts.push("");
      } else parts.push(`${parts.pop()}${text[at]}`);
      at++;
    }
    at++;
    found.push(parts);
  };
  const code = (end: string): void => {
    for (let depth = 0; at < text.length; ) {
      if (text[at] === end && depth === 0) return;
      if (text[at] === '"') quoted();
      else if (text[at] === "`") template();
      else {
        if (text[at] === "{") depth++;
        if (text[at] === "}") depth--;
        at++;
      }
    }
  };
  code("");
  return found;
}
