import { existsSync, lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { closest } from "../../closest.ts";

/** Files that a pattern names, or why it can't be used; `paths` are relative to the project folder, with `/`, sorted. */
interface FoundFiles {
  readonly paths: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Files of the project that match a pattern (`*`, `?` within a name, `**` over folders).
 * Patterns that leave the project folder, and links that lead out of it, are refused.
 */
export function findFiles(projectFolder: string, pattern: string): FoundFiles {
  const segments = pattern.split("/");
  if (isAbsolute(pattern) || pattern.includes("\\") || /^[A-Za-z]:/.test(pattern))
    return refused(`'${pattern}': paths are written relative to the project folder, with /`);
  if (segments.includes("..")) return refused(`'${pattern}' leaves the project folder ('..'); move the files into it`);
  const paths = matches(projectFolder, "", segments).sort((a, b) => (a < b ? -1 : 1));
  const outside = paths.filter((path) => leaves(projectFolder, path));
  if (outside.length > 0)
    return refused(
      ...outside.map((path) => `'${path}' is a link that leads out of the project folder; put the file itself there`),
    );
  if (paths.length === 0) return refused(nothingFound(projectFolder, pattern));
  return { paths, problems: [] };
}

const refused = (...problems: readonly string[]): FoundFiles => ({ paths: [], problems });

function matches(root: string, folder: string, segments: readonly string[]): string[] {
  const [first, ...rest] = segments;
  if (first === undefined || first === "" || first === ".")
    return first === undefined ? [] : matches(root, folder, rest);
  if (first === "**")
    return [
      ...new Set([
        ...matches(root, folder, rest),
        ...folders(root, folder).flatMap((name) => matches(root, name, segments)),
      ]),
    ];
  const name = new RegExp(`^${[...first].map(globCharacter).join("")}$`, "u");
  const found = names(root, folder)
    .filter((entry) => name.test(entry))
    .map((entry) => (folder === "" ? entry : `${folder}/${entry}`));
  return rest.length === 0
    ? found.filter((path) => existsSync(join(root, path)) && statSync(join(root, path)).isFile())
    : found.filter((path) => isFolder(join(root, path))).flatMap((path) => matches(root, path, rest));
}

const globCharacter = (character: string): string =>
  character === "*" ? ".*" : character === "?" ? "." : character.replace(/[\\^$.|+()[\]{}]/g, "\\$&");

const names = (root: string, folder: string): readonly string[] =>
  isFolder(join(root, folder)) ? readdirSync(join(root, folder)).filter((name) => !name.startsWith(".")) : [];

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

const folders = (root: string, folder: string): readonly string[] =>
  names(root, folder)
    .map((name) => (folder === "" ? name : `${folder}/${name}`))
    .filter((path) => lstatSync(join(root, path)).isDirectory());

function leaves(root: string, path: string): boolean {
  const inside = relative(realpathSync(root), realpathSync(join(root, path)));
  return inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside);
}

function nothingFound(root: string, pattern: string): string {
  if (isFolder(join(root, pattern)))
    return `'${pattern}' is a folder, and a file is read here; name the file in it, or all of its files: '${pattern.replace(/\/+$/, "")}/*'`;
  const slash = pattern.lastIndexOf("/");
  const siblings = names(root, slash < 0 ? "" : pattern.slice(0, slash));
  const hint = siblings.length === 0 ? "its folder is empty or missing" : closest(pattern.slice(slash + 1), siblings);
  return `'${pattern}' matches no file; ${hint}`;
}
