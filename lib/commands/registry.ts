/** The commands: a line each. Tools that are subcommands come by themselves. */
import { tools } from '../tools/tools.js';
import { applyCommand } from './apply.js';
import { ask } from './ask.js';
import type { Command } from './command.js';
import { config } from './config.js';
import { db } from './db.js';
import { evalCommand } from './eval.js';
import { exportCommand } from './export.js';
import { journal } from './journal.js';
import { plans } from './plans.js';
import { sessions } from './sessions.js';
import { sql } from './sql.js';
import { undo } from './undo.js';
import { commandOf } from './tool.js';

export const commands: readonly Command[] = [
  ask,
  sql,
  exportCommand,
  ...tools.flatMap((tool) => commandOf(tool) ?? []),
  applyCommand,
  plans,
  journal,
  undo,
  sessions,
  db,
  config,
  evalCommand,
];
