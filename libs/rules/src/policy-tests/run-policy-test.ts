import {
  type Config,
  type Instant,
  isoOf,
  type PolicyTest,
  type TestEvent,
  type TicketEvent,
} from '@tocsin/contracts';
import { Temporal } from 'temporal-polyfill';
import type { ConfigFault } from '../config/config-fault.js';
import { DAY_MS, instantOfLocal } from '../on-call/zone-clock.js';
import { after } from '../escalation/timing.js';
import type { Stimulus } from '../simulate/happening.js';
import { liveThrough } from '../simulate/live-through.js';
import { differenceAt } from './first-difference.js';
import type { Seen } from './seen.js';

/** How one test ended. `difference` is the first expectation that does not hold, where it stands in the tree. */
export interface PolicyTestResult {
  readonly name: string;
  readonly passed: boolean;
  readonly difference?: ConfigFault;
}

/** Runs the tests of a tree, each in a world of its own. Pure: the same tree gives the same results. */
export const runPolicyTests = (config: Config): PolicyTestResult[] =>
  config.tests.map((test, index) => runPolicyTest(test, index, config));

/** Whether every test passes; stops at the first that fails. */
export const allPass = (config: Config): boolean =>
  config.tests.every((test, index) => runPolicyTest(test, index, config).passed);

function runPolicyTest(test: PolicyTest, index: number, config: Config): PolicyTestResult {
  const { name, then } = test;
  const start = instantOf(test.given.at);
  const acts = test.when.toSorted((a, b) => a.after - b.after);
  const until = Math.max(...then.map((one) => one.after));
  const stimuli = stimuliOf(acts, start);
  const seen: Seen = { start, ...liveThrough(config, stimuli, after(start, until)) };
  for (const [n, expectation] of then.entries()) {
    const place = ['tests', index, 'then', n, expectation.key];
    const difference = differenceAt(expectation, place, seen);
    if (difference !== undefined) return { name, passed: false, difference };
  }
  return { name, passed: true };
}

function instantOf({ date, minute, timeZone }: PolicyTest['given']['at']): Instant {
  const { epochMilliseconds } = Temporal.PlainDate.from(date).toZonedDateTime('UTC');
  return instantOfLocal(timeZone, epochMilliseconds + (minute * DAY_MS) / (24 * 60));
}

/** «The case» of an answer is that of the latest event before it. */
function stimuliOf(acts: PolicyTest['when'], start: Instant): Stimulus[] {
  let ticketKey = '';
  const seen = new Set<string>();
  return acts.map(({ after: seconds, what }, index): Stimulus => {
    const at = after(start, seconds);
    if ('acknowledge' in what) return { at, act: { type: 'acknowledge', by: what.acknowledge, ticketKey } };
    if ('resolve' in what) return { at, act: { type: 'resolve', by: what.resolve, ticketKey } };
    ticketKey = what.event.key;
    const ticket = JSON.stringify([what.event.source, ticketKey]);
    const event = completed(what.event, { at, index, first: !seen.has(ticket) });
    seen.add(ticket);
    return { at, act: { type: 'event', event } };
  });
}

interface Sent {
  readonly at: Instant;
  readonly index: number;
  /** Of its ticket. */
  readonly first: boolean;
}

const completed = (
  { key, kind = 'ticket', subject = '', tags = [], attributes = {}, restricted = false, ...said }: TestEvent,
  { at, index, first }: Sent,
): TicketEvent => ({
  ...said,
  type: said.type ?? (first ? 'ticket.created' : 'ticket.updated'),
  id: `evt_${index}`,
  tenant: 'default',
  ticketKey: key,
  version: { by: 'receipt', at: index, tie: '' },
  receivedAt: isoOf(at),
  kind,
  subject,
  tags,
  attributes,
  restricted,
  parties: [],
});
