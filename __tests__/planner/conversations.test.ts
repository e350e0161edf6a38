import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PgaskError } from '../../lib/errors.js';
import type { Message } from '../../lib/models/model.js';
import { type Asking, openDomain, remembered } from './asking.js';
import { besideConversations } from './conversations/beside.js';
import { conversations } from './conversations/conversations.js';
import { furtherConversations } from './conversations/further.js';
import { moreConversations } from './conversations/more.js';
import { pointingConversations } from './conversations/pointing.js';
import { unanswerable } from './conversations/unanswerable.js';
import { airline } from './domains/airline.js';
import { clinic } from './domains/clinic.js';
import type { Domain } from './domains/domain.js';
import { helpdesk } from './domains/helpdesk.js';
import { library } from './domains/library.js';
import { school } from './domains/school.js';
import { shop } from './domains/shop.js';
import { sameRows } from './same-rows.js';

const domains = { library, clinic, school, airline, helpdesk, shop };
type Name = keyof typeof domains;

describe.each(Object.entries(domains) as [Name, Domain][])('%s', (name, domain) => {
  let asking: Asking;
  beforeAll(async () => {
    asking = await openDomain(domain);
  }, 60_000);
  afterAll(() => asking.close());

  const ofLibrary = [furtherConversations, besideConversations, pointingConversations].flatMap(
    (some) => some.library,
  );
  const further = name === 'library' ? ofLibrary : [];
  const talks = [...conversations[name], ...moreConversations[name], ...further].map(
    (talk) => [talk.map(([request]) => request).join(' → '), talk] as const,
  );
  test.each(talks)('a conversation: %s', async (_, talk) => {
    let history: readonly Message[] = [];
    for (const [request, gold] of talk) {
      const answered = await asking.ask(request, history);
      const [mine, wanted] = [await asking.rows(answered.sql), await asking.rows(gold)];
      if (!sameRows(mine, wanted))
        expect({ request, sql: answered.sql, rows: mine }).toEqual({
          request,
          sql: gold,
          rows: wanted,
        });
      history = [...history, ...remembered(request, answered)];
    }
  });

  test.each(unanswerable[name])('is not answered: %s', async (request) => {
    const refusal = await asking.ask(request).then(
      ({ sql }) => expect(sql).toBe('a refusal'),
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(PgaskError);
    expect([3, 7]).toContain((refusal as PgaskError).exit);
  });
});
