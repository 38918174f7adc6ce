import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ticketEvent } from '../ticket-event.given.js';
import { CASE_FIELD_NAMES, compileCaseCondition, documentedFields } from './case-condition.js';
import { caseFactsOf, EMPTY_CASE_FACTS } from './case-facts.js';
import { factsOf } from './facts-of-event.js';

const PAGE = resolve(import.meta.dirname, '../../../../docs/config.md');
const asOpened = { priority: 'P2', service: 'pay', events: 1, round: 1 } as const;

describe('the fields of a case', () => {
  it('are those that docs/config.md lists, each readable', async () => {
    const rows = (await readFile(PAGE, 'utf8')).matchAll(/^\| `((?:case|now)\.\w+)` \| (\w+) \|/gm);
    expect([...rows].map(([, field, type]) => `${field}: ${type}`)).toEqual(documentedFields());
    expect(Object.keys(EMPTY_CASE_FACTS)).toEqual(CASE_FIELD_NAMES);
    for (const name of CASE_FIELD_NAMES) {
      const compiled = compileCaseCondition(`case.${name} == case.${name}`);
      if (!compiled.ok) throw new Error(compiled.fault);
      expect(compiled.test(EMPTY_CASE_FACTS)).toEqual({ matched: true });
    }
  });

  it('say the first party, else the segment', () => {
    const requester = { tier: 'top', segment: 'creator' };
    const partyOf = (event: Parameters<typeof ticketEvent>[0]) =>
      caseFactsOf(factsOf(ticketEvent(event)), asOpened);
    expect(partyOf({ requester })).toMatchObject({ party: 'creator', tier: 'top', ...asOpened });
    expect(partyOf({ requester, parties: [{ role: 'merchant', idHash: 'm1' }] }).party).toBe('merchant');
  });

  it('err where a clock is read and there is none', () => {
    const compiled = compileCaseCondition('now.hour < 6');
    if (!compiled.ok) throw new Error(compiled.fault);
    expect(compiled.test(EMPTY_CASE_FACTS)).toMatchObject({ matched: false, error: expect.any(String) });
  });
});
