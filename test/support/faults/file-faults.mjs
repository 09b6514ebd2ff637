// Counts the operations on files under one folder and strikes the one asked for: it fails with a code of the system, the
// disk is full or read-only from there on, or the process is killed or asked to stop; a write is struck halfway. Loaded
// before the program (--import).
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { resolve, sep } from "node:path";

const ON_PATHS = "access appendFile chmod copyFile lstat mkdir mkdtemp open opendir readdir readFile readlink realpath rename rmdir stat symlink truncate unlink utimes writeFile";
const ON_HANDLES = "close fchmod fchown fdatasync fstat fsync ftruncate read write writev";
const WRITING = new Set("appendFile copyFile fsync ftruncate mkdir mkdtemp symlink write writeFile writev".split(" "));
const HALVED = new Set(["appendFile", "write", "writeFile"]);

let armed;
let depth = 0;
const handles = new Set();
/** From the operation struck on, what would write fails. */
const LASTING = { full: "ENOSPC", "read-only": "EROFS" };
const kill = () => process.kill(process.pid, "SIGKILL");

/** @param fault {root, kind, at}: the folder, what happens, and at which operation (none: counted only) */
export function arm(fault) {
  armed = { ...fault, count: 0, log: [] };
  handles.clear();
}

/** The operations since it was armed, by name and path. */
export function disarm() {
  const { log } = armed;
  armed = undefined;
  return log;
}

const inside = (path) => typeof path === "string" && `${resolve(path)}${sep}`.startsWith(`${armed.root}${sep}`);
const concerns = (args) => armed !== undefined && (handles.has(args[0]) || args.slice(0, 2).some(inside));

function isStruck(name, args) {
  armed.count += 1;
  armed.log.push(`${name} ${args.find(inside) ?? ""}`);
  if (!(armed.kind in LASTING)) return armed.count === armed.at;
  return armed.count >= armed.at && (WRITING.has(name) || (name === "open" && /[wax]/.test(String(args[1]))));
}

function strike(name, args, act) {
  if (armed.kind === "stop") {
    process.kill(process.pid, "SIGINT");
    return act(...args);
  }
  if (HALVED.has(name)) act(...halved(args));
  if (name === "close") act(...args); // a handle is gone, whatever closing it says
  if (armed.kind === "kill") return kill();
  const code = LASTING[armed.kind] ?? armed.kind;
  const path = args.find(inside);
  throw Object.assign(new Error(`${code}: struck, ${name} '${path ?? ""}'`), { code, syscall: name, ...(path && { path }) });
}

function halved([to, what, ...rest]) {
  if (typeof what === "string") return [to, what.slice(0, what.length / 2), ...rest];
  const bytes = what.subarray(rest[0] ?? 0, (rest[0] ?? 0) + Math.floor((rest[1] ?? what.length) / 2));
  return typeof to === "number" ? [to, bytes] : [to, bytes, ...rest];
}

function wrapSync(name) {
  const original = fs[`${name}Sync`];
  fs[`${name}Sync`] = function struck(...args) {
    if (depth > 0 || !concerns(args)) return original.apply(this, args);
    const act = (...given) => original.apply(this, given);
    depth += 1;
    try {
      const value = isStruck(name, args) ? strike(name, args, act) : act(...args);
      if (name === "open") handles.add(value);
      if (name === "close") handles.delete(args[0]);
      return value;
    } finally {
      depth -= 1;
    }
  };
}

function wrapPromise(name) {
  const original = fs.promises[name];
  if (original === undefined) return;
  fs.promises[name] = async (...args) => {
    if (!concerns(args)) return original(...args);
    return isStruck(name, args) ? strike(name, args, original) : original(...args);
  };
}

for (const name of `${ON_PATHS} ${ON_HANDLES}`.split(" ")) {
  wrapSync(name);
  wrapPromise(name);
}

const exists = fs.existsSync;
fs.existsSync = (path) => {
  if (depth > 0 || !concerns([path])) return exists(path);
  if (!isStruck("exists", [path])) return exists(path);
  if (armed.kind === "kill" || armed.kind === "stop") return strike("exists", [path], exists);
  return false; // as it answers where the disk gives none
};

// file by file, so that it can be struck in the midst of a folder
fs.rmSync = (path, options = {}) => {
  let entry;
  try {
    entry = fs.lstatSync(path);
  } catch (error) {
    if (options.force && error.code === "ENOENT") return;
    throw error;
  }
  if (!entry.isDirectory()) return fs.unlinkSync(path);
  for (const name of fs.readdirSync(path)) fs.rmSync(`${path}${sep}${name}`, options);
  fs.rmdirSync(path);
};
syncBuiltinESMExports();
