/**
 * Sync ends what was sent since the last one, and the server answers each: "ready for the next". postgres.js sends a
 * second one where an error comes while the first is under way (the time limit strikes as a reader leaves), and would
 * take its answer for that of the statement that comes next, which then seems to have no rows.
 */

const SYNC = 0x53;
/** Type and length, of which the length counts itself (PostgreSQL manual, "Message Formats"). */
const TYPE_BYTES = 1;

/**
 * Leaves out each Sync that follows another one.
 *
 * @returns to be called with all that is written, in its order and in whole messages, and the startup message by itself
 */
export function idleSyncFilter(): (chunk: Buffer) => Buffer {
  let started = false;
  let synced = false;
  return (chunk) => {
    if (!started) {
      // It has no type.
      started = true;
      return chunk;
    }
    const kept: Buffer[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length;) {
      const next = at + TYPE_BYTES + chunk.readUInt32BE(at + TYPE_BYTES);
      const isSync = chunk[at] === SYNC;
      if (isSync && synced) {
        kept.push(chunk.subarray(from, at));
        from = next;
      }
      synced = isSync;
      at = next;
    }
    return from === 0 ? chunk : Buffer.concat([...kept, chunk.subarray(from)]);
  };
}
