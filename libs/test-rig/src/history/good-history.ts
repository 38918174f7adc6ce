import type { HistoryLine, LineOf } from './history-line.js';
import { nextStep } from './policy-model.js';

const WORLD: LineOf<'world'> = {
  t: 0,
  ev: 'world',
  steps: [
    { persons: ['bo'], wait: 5 },
    { persons: ['chen', 'dee'], wait: 5 },
    { persons: ['dee'], wait: 5 },
  ],
  repeat: { from: 1, times: 1 },
  fallback: ['ana', 'dee'],
  pages: ['P1', 'P2'],
};

/** A seeded random number in [0, 1): the same history for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A history that keeps every promise, with acks, resolves, refused tries, unknown outcomes, failed sends and a fault:
 * the material from which the checker's own test makes broken ones.
 */
export function goodHistory(seed: number, tickets = 12): HistoryLine[] {
  const random = seeded(seed);
  const lines: HistoryLine[] = [WORLD];
  const add = (line: HistoryLine): void => {
    lines.push(line);
  };
  for (let op = 1; op <= tickets; op += 1) {
    const t = 1_000 + op * 137;
    const send = { ticket: `T-${op}`, eventId: `e-${op}`, pri: op % 4 === 0 ? 'P5' : 'P1', resolves: false };
    add({ t, ev: 'send.invoke', op, ...send });
    const failed = op % 7 === 0;
    add({ t: t + 3, ev: failed ? 'send.fail' : 'send.ok', op });
    if (failed) continue;
    add({ t: t + 9, ev: 'ticket.applied', eventId: send.eventId, ticket: send.ticket });
    if (send.pri === 'P1') escalate(send.ticket, t + 10, random, add);
  }
  add({ t: 30_000, ev: 'fault.begin', fault: 'notifier.kill' });
  add({ t: 31_000, ev: 'fault.end', fault: 'notifier.kill' });
  add({ t: 120_000, ev: 'end' });
  return lines;
}

type Add = (line: HistoryLine) => void;

function escalate(ticket: string, startedAt: number, random: () => number, add: Add): void {
  const epoch = 1;
  const stopAt = random() < 0.5 ? startedAt + Math.floor(random() * 24_000) : Number.POSITIVE_INFINITY;
  add({ t: startedAt, ev: 'esc.started', ticket, epoch });
  let next: { round: number; step: number; dueAt: number } | undefined = {
    round: 1,
    step: 0,
    dueAt: startedAt,
  };
  while (next !== undefined) {
    const { round, step } = next;
    const t = next.dueAt + Math.floor(random() * 40);
    if (t >= stopAt) return stop({ ticket, epoch }, stopAt, random, add);
    const persons = WORLD.steps[step]?.persons ?? WORLD.fallback;
    add({ t, ev: 'step.planned', ticket, epoch, round, step, persons });
    for (const person of persons) page({ ticket, epoch, round, step, person }, t, random, add);
    next = nextStep(WORLD, { round, step, t });
    if (next === undefined) add({ t: t + 1, ev: 'esc.ended', ticket, epoch, reason: 'exhausted' });
  }
}

function stop(of: { ticket: string; epoch: number }, t: number, random: () => number, add: Add): void {
  const acknowledged = random() < 0.7;
  add({ t, ev: acknowledged ? 'ack.committed' : 'resolve.committed', ...of });
  add({ t, ev: 'esc.ended', ...of, reason: acknowledged ? 'acknowledged' : 'resolved' });
}

function page(
  at: { ticket: string; epoch: number; round: number; step: number; person: string },
  plannedAt: number,
  random: () => number,
  add: Add,
): void {
  const key = `${at.ticket}/${at.epoch}/${at.round}/${at.step}/${at.person}/hook`;
  const t = plannedAt + 4 + Math.floor(random() * 20);
  const luck = random();
  add({ t, ev: 'prov.recv', key, ...at, repeat: false });
  if (luck < 0.1) {
    add({ t: t + 5, ev: 'page.outcome', key, try: 1, outcome: 'retryable' });
    add({ t: t + 300, ev: 'prov.recv', key, ...at, repeat: false });
  } else if (luck < 0.2) {
    add({ t: t + 5, ev: 'page.outcome', key, try: 1, outcome: 'unknown' });
    add({ t: t + 200, ev: 'prov.recv', key, ...at, repeat: true });
  }
  add({ t: t + 310, ev: 'page.outcome', key, try: luck < 0.2 ? 2 : 1, outcome: 'delivered' });
}
