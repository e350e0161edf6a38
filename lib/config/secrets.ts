/** What the configuration knows and nobody is to see: keys, passwords, and what stands in URLs. */
import type { DatabaseContext } from './databases.js';
import { readVariable } from './environment.js';
import { secretsIn } from './mask.js';

/** Variables that hold a secret whatever the files say. */
const SECRET_VARIABLES = ['PGPASSWORD', 'PGSSLPASSWORD', 'OPENAI_API_KEY', 'PGASK_API_KEY'];
/** Those that may hold a connection or a URL. */
const PLACE_VARIABLES = ['PGASK_DB', 'PGDATABASE', 'PGASK_BASE_URL', 'OPENAI_BASE_URL'];

export function secretsOf({ configured, found, settings, variables }: DatabaseContext): string[] {
  const names = [
    ...SECRET_VARIABLES,
    settings.model.apiKeyEnv,
    ...configured.flatMap((one) => one.settings.passwordEnv ?? []),
  ];
  const valueOf = (name: string) => readVariable(variables, name)?.value;
  const whole = [
    ...names.map(valueOf),
    found.get('model.apiKey')?.value,
    settings.model.apiKey,
    ...configured.map((one) => one.settings.password),
  ];
  const places = [
    ...PLACE_VARIABLES.map(valueOf),
    settings.database,
    settings.model.baseURL,
    ...configured.map((one) => one.settings.url),
  ];
  return [
    ...whole.filter((one) => one !== undefined).map(String),
    ...places.flatMap((one) => (one === undefined ? [] : secretsIn(String(one)))),
  ];
}
