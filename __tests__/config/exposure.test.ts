import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { PROJECT, type Workspace, workspace } from './workspace.js';

const environment = { PATH: process.env['PATH'] };
const messages = (space: Workspace) =>
  space.load({ environment }).warnings.map(({ message }) => message);

const SECRETS: [string, object][] = [
  ['model.apiKey', { model: { apiKey: 'k' } }],
  ['model.baseURL', { model: { baseURL: 'https://k@h/v1' } }],
  ['databases.a.password', { databases: { a: { host: 'h', password: 'p' } } }],
  ['databases.a.url', { databases: { a: { url: 'postgres://u:p@h/d' } } }],
];

describe('a secret in a file', () => {
  test.each(SECRETS)('%s: a warning where others can read it', (key, content) => {
    const space = workspace({ [PROJECT]: content });
    expect(messages(space)).toEqual([]);
    chmodSync(join(space.root, PROJECT), 0o640);
    expect(messages(space)).toEqual([
      expect.stringMatching(
        new RegExp(`^\\.\\./agent\\.config\\.json:\\d: ${key} can be read by others$`),
      ),
    ]);
  });

  test('a warning where git tracks it', () => {
    const space = workspace({ [PROJECT]: { model: { apiKey: 'k' } } });
    rmSync(join(space.repository, '.git'), { recursive: true });
    const git = (...words: string[]) =>
      execFileSync('git', words, { cwd: space.repository, stdio: 'ignore' });
    git('init');
    expect(messages(space)).toEqual([]);
    git('add', 'agent.config.json');
    expect(messages(space)).toEqual([
      '../agent.config.json:3: model.apiKey is in a file that git tracks',
    ]);
    // A hook's variables are about another repository.
    const inHook = { ...environment, GIT_DIR: '/nowhere', GIT_INDEX_FILE: '/nowhere/index' };
    expect(space.load({ environment: inHook }).warnings).toHaveLength(1);
    // Without git nobody can say.
    expect(space.load({ environment: { PATH: '/nowhere' } }).warnings).toEqual([]);
  });

  test('that is none is nobody’s business', () => {
    const content = { databases: { a: { url: 'postgres://u@h/d' } }, model: { apiKeyEnv: 'KEY' } };
    const space = workspace({ [PROJECT]: content });
    chmodSync(join(space.root, PROJECT), 0o644);
    expect(messages(space)).toEqual([]);
  });
});
