import { z } from 'zod';

/**
 * One observation of a drill, one JSON object a line. Written by the load generator (gen), the fake provider (prov),
 * the drill itself (drill) and a dump of the database (pg): never a service's own claim about itself.
 * `t` is milliseconds since the epoch on the one clock of the machine.
 */
const at = { t: z.number() };
const ticket = { ticket: z.string() };
const page = { ...ticket, epoch: z.int(), round: z.int(), step: z.int(), person: z.string() };

export const HistoryLine = z.discriminatedUnion('ev', [
  /** The policy in force: what the checker's own model replays. Seconds. */
  z.object({
    ...at,
    ev: z.literal('world'),
    steps: z.array(z.object({ persons: z.array(z.string()), wait: z.number() })),
    repeat: z.object({ from: z.int(), times: z.int() }).optional(),
    fallback: z.array(z.string()),
    pages: z.array(z.string()),
  }),
  z.object({
    ...at,
    ev: z.literal('send.invoke'),
    op: z.int(),
    eventId: z.string(),
    ...ticket,
    pri: z.string(),
    resolves: z.boolean(),
  }),
  z.object({ ...at, ev: z.enum(['send.ok', 'send.fail', 'send.info']), op: z.int() }),
  z.object({ ...at, ev: z.literal('ticket.applied'), eventId: z.string(), ...ticket }),
  z.object({ ...at, ev: z.literal('esc.started'), ...ticket, epoch: z.int() }),
  /** A step was planned: `persons` are those that it resolved to. Fallback steps have the index after the last one. */
  z.object({
    ...at,
    ev: z.literal('step.planned'),
    ...ticket,
    epoch: z.int(),
    round: z.int(),
    step: z.int(),
    persons: z.array(z.string()),
  }),
  z.object({ ...at, ev: z.literal('prov.recv'), key: z.string(), ...page, repeat: z.boolean() }),
  z.object({ ...at, ev: z.literal('page.outcome'), key: z.string(), try: z.int(), outcome: z.string() }),
  z.object({ ...at, ev: z.literal('ack.committed'), ...ticket, epoch: z.int() }),
  z.object({ ...at, ev: z.literal('resolve.committed'), ...ticket, epoch: z.int() }),
  z.object({ ...at, ev: z.literal('esc.ended'), ...ticket, epoch: z.int(), reason: z.string() }),
  z.object({ ...at, ev: z.enum(['fault.begin', 'fault.end']), fault: z.string() }),
  z.object({ ...at, ev: z.literal('end') }),
]);
export type HistoryLine = z.infer<typeof HistoryLine>;
export type LineOf<E extends HistoryLine['ev']> = Extract<HistoryLine, { ev: E }>;
