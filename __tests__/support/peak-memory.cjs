/**
 * Loaded before the program (`NODE_OPTIONS=--require …`): at its end it writes the most memory that it ever had, in KB, to
 * the file that PEAK_MEMORY_FILE names.
 */
'use strict';
const { readFileSync, writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

if (isMainThread) process.on('exit', () => writeFileSync(process.env.PEAK_MEMORY_FILE, peak()));

function peak() {
  try {
    return /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1];
  } catch {
    // Elsewhere than on Linux; there, that of the parent would count where it was larger.
    return String(process.resourceUsage().maxRSS);
  }
}
