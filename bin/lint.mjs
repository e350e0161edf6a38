/** Types, lint and layout, side by side: what each has to say is told when all have ended. */
import { spawn } from 'node:child_process';

const CHECKS = [['tsc'], ['eslint', '.'], ['prettier', '--check', '--log-level', 'warn', '.']];

/** @returns {Promise<boolean>} whether it found nothing */
function run([name, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(name, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    child.stdout.on('data', (piece) => said.push(piece));
    child.stderr.on('data', (piece) => said.push(piece));
    child.on('error', (error) => said.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (code) => {
      if (code !== 0) process.stderr.write(`${name} failed:\n${Buffer.concat(said).toString()}`);
      resolve(code === 0);
    });
  });
}

const passed = await Promise.all(CHECKS.map(run));
if (passed.includes(false)) process.exitCode = 1;
