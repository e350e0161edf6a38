/**
 * Runs the built program with each of the command lines and keeps what V8 compiled on the way.
 *
 * Arguments: the folder of the program, and the command lines as JSON.
 */
'use strict';
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');

const [directory, json] = process.argv.slice(2);
const lines = JSON.parse(json);
const { run, scripts, cacheFile } = require(join(directory, 'pgask.cjs'));

/** The program ends when nothing is left to do, and then it is the next one's turn. */
function next() {
  const line = lines.shift();
  if (line !== undefined) {
    process.argv = [process.execPath, 'pgask', ...line];
    // The loop has to have something to do again.
    setImmediate(run);
    return;
  }
  process.removeListener('beforeExit', next);
  for (const [name, script] of scripts) writeFileSync(cacheFile(name), script.createCachedData());
  process.exitCode = 0;
}

process.on('beforeExit', next);
next();
