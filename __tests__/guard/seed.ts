/** Seeds of random suites: the same one in every run, so that a failure is of the change that it follows. */

/** @param text a variable of the environment: a number, or `random` to look for what nobody has seen */
export function seedFrom(text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  return text === 'random' ? Math.trunc(Math.random() * 1e9) : Number(text);
}
