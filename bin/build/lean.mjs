/** The bundle without what packages load or do at every start and pgask has no use for: together some 50 ms. */
import { readFile } from 'node:fs/promises';

/** [in which packages, what they import, what they get instead]. */
const instead = [
  // Help is ASCII, so it need not know how wide other characters are: to find out takes 40 ms. What else measures text
  // keeps the real thing.
  [/[\\/](yargs|cliui|wrap-ansi)[\\/]/, 'string-width', 'export default (text) => text.length;'],
  [
    /[\\/]yargs[\\/]/,
    'assert',
    `const must = (holds, message) => { if (!holds) throw new Error(message); };
     export const strictEqual = (a, b, message) => must(Object.is(a, b), message);
     export const notStrictEqual = (a, b, message) => must(!Object.is(a, b), message);`,
  ],
  [/[\\/]yargs[\\/]/, 'node:module', 'export const createRequire = () => require;'],
  // pgask opens its sockets itself.
  [
    /[\\/]postgres[\\/]/,
    'tls',
    'export default { connect: (options) => require("node:tls").connect(options) };',
  ],
  // Only a password makes it look in there.
  [
    /[\\/]postgres[\\/]/,
    'crypto',
    `const crypto = require('node:crypto');
     const names = ['createHash', 'createHmac', 'pbkdf2Sync', 'randomBytes'];
     export default Object.fromEntries(names.map((name) => [name, (...given) => crypto[name](...given)]));`,
  ],
  [
    /[\\/]postgres[\\/]/,
    'perf_hooks',
    'export const performance = { now: () => process.uptime() * 1000 };',
  ],
];

/** The esbuild plugin. */
export const lean = {
  name: 'lean',
  setup({ onResolve, onLoad }) {
    for (const [importers, name, contents] of instead) {
      onResolve({ filter: new RegExp(`^${name}$`) }, ({ importer }) =>
        importers.test(importer) ? { path: name, namespace: 'lean', pluginData: contents } : null,
      );
    }
    onLoad({ filter: /.*/, namespace: 'lean' }, ({ pluginData }) => ({ contents: pluginData }));
    // After each command yargs renders that command's help, in case somebody asks for it then.
    onLoad({ filter: /[\\/]yargs[\\/]build[\\/]lib[\\/]usage\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace('cachedHelpMessage = this.help();', '');
      if (contents === text) throw new Error('yargs has changed: cacheHelpMessage is not found');
      return { contents };
    });
  },
};
