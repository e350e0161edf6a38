/** A turn and a session as they usually are. */
import type { Session, Turn } from '../../lib/sessions/session.js';

export function turn(request: string, changes: Partial<Turn> = {}): Turn {
  return {
    at: '2026-06-30T12:00:00.000Z',
    request,
    sql: 'select 1 as one',
    columns: [{ name: 'one', type: 'int4' }],
    rowCount: 1,
    truncated: false,
    answer: 'the number one',
    model: 'offline',
    usage: { inputTokens: 10, cachedTokens: 2, outputTokens: 3 },
    steps: 1,
    exit: 0,
    ...changes,
  };
}

export function session(turns: Turn[], changes: Partial<Session> = {}): Session {
  return {
    version: 1,
    id: '0123456789ab',
    directory: '/home/ann/shop',
    database: 'sample',
    createdAt: '2026-06-30T11:00:00.000Z',
    updatedAt: '2026-06-30T12:00:00.000Z',
    sequence: turns.length,
    turns,
    ...changes,
  };
}
