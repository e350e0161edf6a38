#!/usr/bin/env node
/**
 * What starts: prints help that was made at build time, or else loads the program, whose files are compiled from V8's
 * own cache. Node's loaders take longer than the program itself.
 */
'use strict';
const { fstatSync, readFileSync, writeSync } = require('node:fs');
const { join } = require('node:path');
const { cachedDataVersionTag, setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

/** Scripts by their files' names, for the build, which makes the caches. */
const scripts = new Map();
let modules = new Map();
/** Modules of Node's that many files name and few runs use; to load them takes some milliseconds each. */
const LATER = new Set(['node:child_process', 'node:crypto', 'node:fs/promises']);
/** What stands in for a module of Node's until it is used. */
const later = new Map();

if (require.main === module) start();
else module.exports = { run, scripts, cacheFile };

function start() {
  // Overwrites the arguments, which every user of the machine can read (ps, /proc/PID/cmdline): a URL holds a password.
  process.title = 'pgask';
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    writeSync(2, `pgask: needs Node 20.19 or newer, and this is ${process.versions.node}\n`);
    process.exitCode = 2;
    return;
  }
  const text = bakedText(process.argv.slice(2));
  // Where there may be no stdout the program finds out, and says so.
  if (text === undefined || isNullForBoth()) run();
  else print(text);
}

/** Whether stdout is a /dev/null (device 1, 3 in Linux) that is open for reading too, as Node's own is. */
function isNullForBoth() {
  try {
    if (process.platform !== 'linux' || fstatSync(1).rdev !== 0x103) return false;
    return /^flags:\s*[0-7]*2$/m.test(readFileSync('/proc/self/fdinfo/1', 'latin1'));
  } catch {
    return false;
  }
}

/** Runs the program, each time anew. */
function run() {
  keepWorkingDirectory();
  // What the SQL parser and the embedded database want, and set as well. Here, before anything is compiled, as a cache
  // fits one state of the flags alone.
  setFlagsFromString('--liftoff-only');
  modules = new Map();
  load('main.cjs');
}

/** Libraries ask for it while they load. One that was removed has no path; what is named absolutely still works. */
function keepWorkingDirectory() {
  try {
    process.cwd();
  } catch {
    process.cwd = () => process.env.PWD || '/';
  }
}

/** The text of `--help`, `--version` or `COMMAND --help`; undefined for everything else. */
function bakedText(argv) {
  const flag = { '--help': 'help', '-h': 'help', '--version': 'version', '-V': 'version' };
  const wanted = flag[argv[argv.length - 1]];
  if (wanted === undefined || argv.length > 2) return undefined;
  const texts = JSON.parse(readFileSync(join(__dirname, 'help.json'), 'utf8'));
  if (argv.length === 1) return texts[wanted];
  return wanted === 'help' && Object.hasOwn(texts.commands, argv[0])
    ? texts.commands[argv[0]]
    : undefined;
}

/** Without process.stdout, which would take longer to make than everything else here. */
function print(text) {
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
  } catch (error) {
    // A pipe that does not block and is full: only a stream can wait.
    if (error.code === 'EAGAIN') process.stdout.on('error', unwritten).write(rest);
    else unwritten(error);
  }
}

function unwritten(error) {
  if (error.code === 'EPIPE') {
    process.exitCode = 141;
    return;
  }
  process.exitCode = 1;
  try {
    writeSync(2, `pgask: the help could not be written: ${error.code}\n`);
  } catch {
    // Nobody is left to be told.
  }
}

/** A file of the program as a module; the build has seen to it that the names are all there is to resolve. */
function load(name) {
  const known = modules.get(name);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  modules.set(name, module);
  const filename = join(__dirname, name);
  const url = require('node:url').pathToFileURL(filename).href;
  compile(name).call(module.exports, module.exports, find, module, filename, __dirname, url);
  return module.exports;
}

function find(specifier) {
  if (specifier.startsWith('./')) return load(specifier.slice(2));
  return LATER.has(specifier) ? whenUsed(specifier) : require(specifier);
}

/** Loads it with the first look into it. */
function whenUsed(specifier) {
  const known = later.get(specifier);
  if (known !== undefined) return known;
  const stand = new Proxy(Object.create(null), {
    get: (_, name) => require(specifier)[name],
    has: (_, name) => name in require(specifier),
    ownKeys: () => Reflect.ownKeys(require(specifier)),
    getOwnPropertyDescriptor(_, name) {
      const found = Reflect.getOwnPropertyDescriptor(require(specifier), name);
      return found && { ...found, configurable: true };
    },
  });
  later.set(specifier, stand);
  return stand;
}

function compile(name) {
  let script = scripts.get(name);
  if (script === undefined) {
    const filename = join(__dirname, name);
    const names = 'exports, require, module, __filename, __dirname, __url';
    // The build writes ASCII.
    const source = `(function (${names}) {${readFileSync(filename, 'latin1')}\n})`;
    script = new Script(source, { filename, cachedData: readCache(name) });
    scripts.set(name, script);
  }
  return script.runInThisContext();
}

/** One for each set of V8 version, flags and processor; without its own, V8 compiles, which takes longer. */
function cacheFile(name) {
  return join(__dirname, `${name}.${cachedDataVersionTag()}`);
}

function readCache(name) {
  try {
    return readFileSync(cacheFile(name));
  } catch {
    return undefined;
  }
}
