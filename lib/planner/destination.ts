/** Requests that name a file: `export all orders to orders.csv`, `save the top 5 customers as top.csv`. */
import { beginsChange } from './changes/command.js';
import { plan, type PlannerInput, type PlannerStep } from './planner.js';

export interface Files {
  /** Whether rows can be written to a file that the request names; where not, the person has named one. */
  readonly canExport: boolean;
  /** Whether that is done. */
  readonly exported: boolean;
}

export type Step =
  PlannerStep | { readonly type: 'export_data'; readonly sql: string; readonly file: string };

/** As {@link plan}: the rest of the request is understood as if nothing had been said of a file. */
export function planWithFile(input: PlannerInput, { canExport, exported }: Files): Step {
  // What a change writes may end like the name of a file.
  if (input.canChange === true && beginsChange(input.request)) return plan(input);
  const { request, file } = readDestination(input.request);
  const earlier = input.earlier.map((turn) => ({
    ...turn,
    request: readDestination(turn.request).request,
  }));
  const step = plan({ ...input, request, earlier });
  if (step.type !== 'answer' || !('sql' in step) || file === undefined || !canExport) return step;
  const { sql, text } = step;
  // The words beside a file that is written.
  return exported ? { type: 'answer', text } : { type: 'export_data', sql, file };
}

interface Destined {
  /** What is wanted, without the file. */
  readonly request: string;
  /** Undefined where the request names none. */
  readonly file: string | undefined;
}

/** At the end, behind a word that leads there: a name, quoted where it holds spaces. */
const FILE =
  /^(?<before>.*\S)\s+(?:to|into|as|in)\s+(?:(?:a|an|the)\s+)?(?:new\s+)?(?:file\s+)?(?:(?:called|named)\s+)?(?:"(?<double>[^"]+)"|'(?<single>[^']+)'|(?<bare>[^\s"']*[^\s"'.!?]))\s*[.!?]*\s*$/isu;

/** Verbs that ask for a file; `show me …` and others stay for the grammar. */
const VERB =
  /^\s*(?:please\s+)?(?:(?:can|could|would)\s+you\s+)?(?:please\s+)?(?:export|save|write|dump|download|store)\s+(?=\S)/iu;

/** Behind a verb that asks for a file, any suffix makes one: whether it can be written is the tool's to say. */
const ANY_NAME = /[^/\s]\.[a-z]\w{0,5}$/iu;
/** Without such a verb, `in example.com` is a value. */
const KNOWN_NAME = /[^/\s]\.(?:csv|tsv|json|jsonl|ndjson|md|txt)(?:\.(?:gz|br|zst))?$/iu;

function readDestination(request: string): Destined {
  const { before, double, single, bare } = FILE.exec(request)?.groups ?? {};
  const file = double ?? single ?? bare;
  if (before === undefined || file === undefined) return { request, file: undefined };
  const asked = VERB.test(before);
  if (!(asked ? ANY_NAME : KNOWN_NAME).test(file)) return { request, file: undefined };
  return { request: before.replace(VERB, ''), file };
}
