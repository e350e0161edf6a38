/** What a connection string may ask for that can't be done here, and that it would be unsafe to pass over in silence. */
import { ConfigError } from '../errors.js';
import type { Parameters } from './connection-parameters.js';

interface Refusal {
  readonly parameter: keyof Parameters;
  /** What is wrong with a value, and what to do; undefined where there is nothing. */
  readonly refuse: (value: string) => { readonly why: string; readonly hint: string } | undefined;
}

const REFUSALS: readonly Refusal[] = [
  {
    parameter: 'gssencmode',
    refuse: (value) =>
      value === 'require'
        ? {
            why: 'gssencmode=require asks for Kerberos encryption, which pgask does not speak',
            hint: 'use sslmode=verify-full instead',
          }
        : oneOf(value, 'gssencmode', ['disable', 'prefer', 'require']),
  },
  {
    parameter: 'replication',
    refuse: (value) =>
      /^(false|off|no|0)$/i.test(value)
        ? undefined
        : {
            why: 'replication connections are not for queries',
            hint: 'leave the parameter replication out',
          },
  },
  {
    parameter: 'sslcertmode',
    refuse: (value) =>
      value === 'require'
        ? {
            why: 'sslcertmode=require can not be checked: pgask is not told whether the server asked for the certificate',
            hint: 'use sslcertmode=allow, and clientcert=verify-full in pg_hba.conf',
          }
        : oneOf(value, 'sslcertmode', ['disable', 'allow', 'require']),
  },
  {
    parameter: 'min_protocol_version',
    refuse: (value) =>
      value === '3.0'
        ? undefined
        : {
            why: 'min_protocol_version asks for a newer protocol than 3.0, which is what pgask speaks',
            hint: 'leave it out: every server speaks 3.0',
          },
  },
  ...(['scram_client_key', 'scram_server_key'] as const).map((parameter) => ({
    parameter,
    refuse: () => ({
      why: `${parameter} is not supported`,
      hint: 'give the password (PGPASSWORD, ~/.pgpass) or a client certificate',
    }),
  })),
];

/** @throws {ConfigError} */
export function checkRefused(value: (name: keyof Parameters) => string | undefined): void {
  for (const { parameter, refuse } of REFUSALS) {
    const given = value(parameter);
    const refused = given === undefined ? undefined : refuse(given);
    if (refused !== undefined) throw new ConfigError(refused.why, { hint: refused.hint });
  }
}

function oneOf(value: string, name: string, known: readonly string[]) {
  if (known.includes(value)) return undefined;
  return { why: `invalid ${name}: ${value}`, hint: `known are: ${known.join(', ')}` };
}
