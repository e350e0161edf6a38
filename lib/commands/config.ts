/** `pgask config`: every setting that is in force, where it came from, and which files of the directory are trusted. */
import { dirname, resolve } from 'node:path';
import { z } from 'zod/v3';
import type { App } from '../app.js';
import { describeConfig, type LocalFile } from '../config/load.js';
import { EXIT, type ExitCode, UsageError } from '../errors.js';
import { defineCommand } from './command.js';
import { writeRecords } from './records.js';
import { withOutput } from './result.js';

export const config = defineCommand({
  name: 'config',
  summary: 'Show every setting and where it came from, or trust what the directory says',
  words: '[action] [file]',
  input: z
    .object({
      action: z.enum(['show', 'trust', 'distrust']).default('show').describe('what to do'),
      file: z.string().optional().describe('the file to trust; all of the directory without'),
    })
    .strict(),
  examples: ['pgask config', 'pgask config --format json', 'pgask config trust'],
  run: ({ action, file }, app) =>
    withOutput(app, async () => {
      switch (action) {
        case 'show':
          return await show(app, file);
        case 'trust':
          return await trust(app, file);
        case 'distrust':
          return await distrust(app, file);
      }
    }),
});

async function show(app: App, file: string | undefined): Promise<ExitCode> {
  if (file !== undefined) {
    throw new UsageError('config show takes no file', {
      hint: 'pgask config --config FILE shows what comes of it',
    });
  }
  const exit = await writeRecords(
    app,
    ['key', 'value', 'source'],
    describeConfig(app.config()).map(({ key, value, source }) => [key, value, source]),
  );
  for (const { path } of app.config().untrusted) {
    app.warn(`${path} is not trusted: nothing is asked or run by its word`, 'pgask config trust');
  }
  return exit;
}

/** Trusts the files as they were read for this very run, and shows what they decide. */
async function trust(app: App, file: string | undefined): Promise<ExitCode> {
  const { loaded, files } = chosenFiles(app, file);
  const exit = await writeRecords(
    app,
    ['file', 'key', 'value'],
    files.flatMap(({ demands }) => demands.map(({ where, key, value }) => [where, key, value])),
  );
  for (const { path, demands } of files) {
    if (demands.length === 0) app.say(`${path} needs no trust`);
  }
  const wanted = files.filter(({ demands }) => demands.length > 0);
  await loaded.trust(wanted);
  for (const { path } of wanted) app.say(`${path} is trusted until it changes`);
  return exit;
}

/** Also of a file that has changed since, or is gone. */
async function distrust(app: App, file: string | undefined): Promise<ExitCode> {
  const config = app.config();
  const paths =
    file === undefined ? config.localFiles.map(({ path }) => path) : [resolve(app.cwd, file)];
  for (const path of paths) {
    const had = await config.distrust(path);
    app.say(had ? `${path} is no longer trusted` : `${path} was not trusted`);
  }
  return EXIT.done;
}

function chosenFiles(app: App, file: string | undefined) {
  if (file === undefined) {
    const loaded = app.config();
    if (loaded.localFiles.length > 0) return { loaded, files: loaded.localFiles };
    throw new UsageError('there is no configuration or .env file here that could be trusted', {
      hint: 'the files of --config and of the user need no trust',
    });
  }
  const path = resolve(app.cwd, file);
  const loaded = app.configAt(dirname(path));
  const files = loaded.localFiles.filter((one: LocalFile) => one.path === path);
  if (files.length > 0) return { loaded, files };
  throw new UsageError(`${file} is no configuration file that pgask finds by itself`, {
    hint: 'it finds agent.config.json and .env; another name is given with --config, and needs no trust',
  });
}
