/** A request through prompt, loop and tools to its answer: the same whoever asks it, and whatever becomes of the rows. */
import { type Budget, openBudget } from '../agent/limits.js';
import { run } from '../agent/loop.js';
import { renderPrompt } from '../agent/prompt.js';
import type { App, OpenDatabase } from '../app.js';
import type { Catalog } from '../catalog/catalog.js';
import { introspect } from '../catalog/introspect.js';
import { grantOn } from '../config/grant.js';
import type { Message, Model, WordReading } from '../models/model.js';
import { exportData } from '../tools/export-rows.js';
import type { Answer, ToolContext } from '../tools/tool.js';
import { tools } from '../tools/tools.js';
import { tellEvents } from './progress.js';
import { valueStoreOf } from './kept-values.js';

/** What is the asker's own of what tools may use. Without `exportRows` the model may name no file, without `change` it changes nothing. */
export type OwnContext = Pick<ToolContext, 'deliver' | 'exportRows' | 'change'>;

export interface Asked {
  readonly model: Model;
  readonly open: OpenDatabase;
  readonly catalog: Catalog;
  /** Earlier turns, oldest first. */
  readonly history: readonly Message[];
  readonly request: string;
  readonly budget: Budget;
  readonly context: OwnContext;
  /** Told how the request was read, where the model can tell. */
  readonly read?: ((reading: readonly WordReading[]) => void) | undefined;
}

/** @throws {PgaskError} as the loop does */
export async function answerOf(app: App, asked: Asked): Promise<Answer> {
  const { model, open, catalog, history, request, budget, context } = asked;
  const { limits } = app.config().settings;
  const { timeoutMs } = open.entry.limits;
  const tell = tellEvents(app);
  const grant = grantOn(open.entry, app.flags.allow);
  let known = catalog;
  let altered = false;
  const { change } = context;
  return await run({
    model,
    tools: tools.filter(({ name }) => name !== exportData.name || context.exportRows !== undefined),
    context: {
      database: open.database,
      async catalog() {
        // What was altered in this run is not as it was read.
        if (altered) known = await introspect(open.database, { signal: app.signal, timeoutMs });
        altered = false;
        return known;
      },
      ...{ timeoutMs, grant },
      valueStore: valueStoreOf(app, open, catalog),
      previewRows: limits.previewRows,
      queries: new Map(),
      ...context,
      ...(change === undefined
        ? {}
        : {
            async change(sql) {
              const made = await change(sql);
              altered ||= made.type === 'applied';
              return made;
            },
          }),
    },
    messages: renderPrompt({
      ...{ catalog, history, request, grant },
      comment: open.entry.comment,
      today: open.today,
      contextTokens: model.contextTokens,
    }),
    budget,
    toolTimeoutMs: limits.toolTimeoutMs,
    signal: app.signal,
    listen: (event) => {
      if (event.type === 'reading') asked.read?.(event.reading);
      tell(event);
    },
  });
}

/** What one request may cost. */
export function openRunBudget(app: App): Budget {
  const { limits } = app.config().settings;
  return openBudget({
    maxSteps: limits.maxSteps,
    maxTokens: limits.maxTokens,
    maxCost: limits.maxCost,
    pricing: app.config().model.pricing,
    runTimeoutMs: limits.runTimeoutMs,
  });
}
