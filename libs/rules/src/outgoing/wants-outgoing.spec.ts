import { describe, expect, it } from '@jest/globals';
import { OUTGOING_TYPES, OutgoingWebhook } from '@tocsin/contracts';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { EMPTY_CASE_FACTS } from '../conditions/case-facts.js';
import { wantsOutgoing } from './wants-outgoing.js';

const hook = (more: object = {}): OutgoingWebhook =>
  OutgoingWebhook.parse({
    ...{ url: 'https://example.com/in', secret: 'env:HOOK', events: ['case.opened'] },
    ...more,
  });
const aCase = { ...EMPTY_CASE_FACTS, priority: 'P1', service: 'pay' } as const;
const opened = { kind: 'case', type: 'case.opened', facts: aCase } as const;

describe('what an outgoing webhook is told', () => {
  it.each([
    ['a type that it names', {}, opened, true],
    ['another type', {}, { ...opened, type: 'case.resolved' }, false],
    ['a family', { events: ['case.*'] }, { ...opened, type: 'case.sla_breached' }, true],
    ['another family', { events: ['page.*'] }, opened, false],
    ['one of its services', { services: ['live', 'pay'] }, opened, true],
    ['another service', { services: ['live'] }, opened, false],
    ['what its condition matches', { when: 'case.priority in ["P1"]' }, opened, true],
    ['what its condition does not match', { when: 'case.priority in ["P2"]' }, opened, false],
    ['a service and not the condition', { services: ['pay'], when: 'case.restricted' }, opened, false],
    ['a case of which nothing is known', {}, { ...opened, facts: undefined }, true],
    ['such a case, with a condition', { when: 'true' }, { ...opened, facts: undefined }, false],
    ['such a case, with services', { services: ['pay'] }, { ...opened, facts: undefined }, false],
  ] as const)('%s', (_, more, about, wanted) => {
    expect(wantsOutgoing(hook(more), about)).toEqual({ wanted });
  });

  it.each([
    ['without services, of every window', {}, ['pay'], true],
    ['of a window that hushes one of them', { services: ['pay', 'live'] }, ['pay'], true],
    ['of one that hushes everything', { services: ['pay'] }, undefined, true],
    ['not of one that hushes others', { services: ['live'] }, ['pay'], false],
    ['whatever its condition on cases', { when: 'false' }, ['pay'], true],
  ] as const)('of maintenance: %s', (_, more, services, wanted) => {
    const webhook = hook({ events: ['maintenance.*'], ...more });
    expect(wantsOutgoing(webhook, { kind: 'window', type: 'maintenance.started', services })).toEqual({
      wanted,
    });
  });

  it('counts a condition that errs as not matched, and says so', () => {
    expect(wantsOutgoing(hook({ when: 'case.events / (case.round - case.round) > 1' }), opened)).toEqual({
      wanted: false,
      error: expect.any(String),
    });
  });

  it('is never a type that it did not ask for, and always one of a family that it did', () => {
    const asked = fc.uniqueArray(fc.constantFrom('case.*', 'page.*', 'maintenance.*', ...OUTGOING_TYPES), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(asked, fc.constantFrom(...OUTGOING_TYPES), (events, type) => {
        const naive =
          events.includes(type) || events.some((e) => e.endsWith('*') && type.startsWith(e.slice(0, -1)));
        return wantsOutgoing(hook({ events }), { kind: 'case', type, facts: aCase }).wanted === naive;
      }),
      { numRuns: runs(500) },
    );
  });
});
