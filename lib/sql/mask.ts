/** A statement's text without the passwords that it sets or uses: what is kept or told of it. Pure. */

export const MASKED = "'********'";

/** A string constant in any of its spellings. */
const STRING = String.raw`(?:[eE]|[uU]&)?'(?:[^'\\]|\\.|'')*'|\$(\w*)\$[\s\S]*?\$\1\$`;

/** PASSWORD of a role, password and its kin as options of a server or user mapping. */
const OPTION = new RegExp(
  String.raw`("?\b(?:encrypted\s+)?(?:password|passfile|sslpassword|secret|token)"?\s*)(${STRING.replace('\\1', '\\3')})`,
  'giu',
);
/** A password in a connection string, as libpq reads it. */
const PAIR =
  /(\b(?:password|sslpassword)\s*=\s*)(''(?:[^'\\]|\\.)*''|\\'(?:[^'\\]|\\[^'])*\\'|[^\s'"&;)]+)/giu;
const URL = /(\b\w+:\/\/[^\s:/@']*:)([^\s@']+)(@)/gu;

/** The same text where there is nothing to hide. */
export function withoutSecrets(sql: string): string {
  return sql
    .replace(OPTION, (_, before: string) => `${before}${MASKED}`)
    .replace(TEXT, (text) =>
      text
        .replace(PAIR, (_, before: string) => `${before}********`)
        .replace(URL, (_, before: string, __, after: string) => `${before}********${after}`),
    );
}

const TEXT = new RegExp(STRING, 'gu');

export function holdsSecret(sql: string): boolean {
  return withoutSecrets(sql) !== sql;
}
