/** Names of columns that are no UTF-8, which a database in SQL_ASCII may have: postgres.js hands on what can be read of them alone. */

export interface RawNames {
  /** Everything that the server says, cut anywhere, but for rows that go another way. */
  read(bytes: Uint8Array): void;
  /** The bytes of names that were last told so; undefined where they are the names as they are. */
  of(names: readonly string[]): readonly Uint8Array[] | undefined;
}

/** RowDescription (PostgreSQL manual, "Message Formats"). */
const ROW_DESCRIPTION = 0x54;
const HEADER_BYTES = 5;
/** What follows a name, and its NUL. */
const FIELD_BYTES = 18;
/** Stands where bytes could not be read. */
const UNREADABLE = '\ufffd';

export function rawNames(): RawNames {
  const known = new Map<string, readonly Uint8Array[]>();
  let header: number[] = [];
  let body: Uint8Array[] = [];
  /** Bytes of the current message that are still to come. */
  let left = 0;

  const finish = () => {
    if (header[0] === ROW_DESCRIPTION) {
      const names = namesIn(Buffer.concat(body));
      const texts = names.map((name) => name.toString('utf8'));
      if (texts.some((text) => text.includes(UNREADABLE))) known.set(texts.join('\0'), names);
    }
    header = [];
    body = [];
  };

  return {
    read(bytes) {
      for (let at = 0; at < bytes.length;) {
        if (left > 0) {
          const part = bytes.subarray(at, at + left);
          // What it is part of may be moved when it was read.
          if (header[0] === ROW_DESCRIPTION) body.push(Uint8Array.from(part));
          at += part.length;
          left -= part.length;
        } else {
          header.push(bytes[at++]!);
          if (header.length < HEADER_BYTES) continue;
          left = Buffer.from(header).readUInt32BE(1) - 4;
        }
        if (left === 0) finish();
      }
    },
    of: (names) => known.get(names.join('\0')),
  };
}

function namesIn(body: Buffer): Buffer[] {
  const names: Buffer[] = [];
  let at = 2;
  for (let n = body.readUInt16BE(0); n > 0; n--) {
    const end = body.indexOf(0, at);
    names.push(body.subarray(at, end));
    at = end + 1 + FIELD_BYTES;
  }
  return names;
}
