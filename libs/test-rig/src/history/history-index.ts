import type { HistoryLine, LineOf } from './history-line.js';
import type { Witness } from './verdict.js';

type Numbered<L> = L & { readonly line: number };

export interface Send {
  readonly invoke: Numbered<LineOf<'send.invoke'>>;
  outcome?: 'ok' | 'fail' | 'info';
}

/** One epoch of one ticket's escalation, with all that was seen of it. */
export interface Escalation {
  readonly ticket: string;
  readonly epoch: number;
  started?: Numbered<LineOf<'esc.started'>>;
  steps: Numbered<LineOf<'step.planned'>>[];
  /** The first acknowledgement or resolve that committed. */
  stopped?: Numbered<LineOf<'ack.committed'> | LineOf<'resolve.committed'>>;
  ended?: Numbered<LineOf<'esc.ended'>>;
}

export interface HistoryIndex {
  readonly world: LineOf<'world'>;
  readonly end: number;
  readonly sends: ReadonlyMap<number, Send>;
  readonly applied: readonly Numbered<LineOf<'ticket.applied'>>[];
  /** When an event was first applied, by its id. */
  readonly appliedAt: ReadonlyMap<string, number>;
  /** When the first resolving event of a ticket was applied. */
  readonly resolvedAt: ReadonlyMap<string, number>;
  readonly escalations: ReadonlyMap<string, Escalation>;
  readonly receipts: readonly Numbered<LineOf<'prov.recv'>>[];
  readonly outcomes: ReadonlyMap<string, Numbered<LineOf<'page.outcome'>>[]>;
  readonly faults: readonly { from: number; to: number }[];
}

interface Building extends HistoryIndex {
  readonly sends: Map<number, Send>;
  readonly applied: Numbered<LineOf<'ticket.applied'>>[];
  readonly appliedAt: Map<string, number>;
  readonly resolvedAt: Map<string, number>;
  readonly escalations: Map<string, Escalation>;
  readonly receipts: Numbered<LineOf<'prov.recv'>>[];
  readonly outcomes: Map<string, Numbered<LineOf<'page.outcome'>>[]>;
}

/**
 * Sorts observations by what they are about. Observations that cannot be (an answer to nothing, the same fact twice)
 * become witnesses: a history that is not well formed proves nothing.
 * @throws Error without a `world` line
 */
export function indexHistory(lines: readonly HistoryLine[], witnesses: Witness[]): HistoryIndex {
  const world = lines.find((line) => line.ev === 'world');
  if (world === undefined)
    throw new Error('the history has no «world» line: there is no policy to check against');
  const ends = lines.filter((line) => line.ev === 'end');
  const index: Building = {
    world,
    end: ends[0]?.t ?? Number.NaN,
    sends: new Map(),
    applied: [],
    appliedAt: new Map(),
    resolvedAt: new Map(),
    escalations: new Map(),
    receipts: [],
    outcomes: new Map(),
    faults: faultWindows(lines),
  };
  const malformed = (what: string, line: number): void => {
    witnesses.push({ kind: 'malformed', what, lines: [line] });
  };
  if (ends.length !== 1) malformed(`${ends.length} «end» lines instead of one`, lines.length);
  // Outcomes are matched to their invocations, whatever order the recorders wrote in.
  for (const wanted of ['send.invoke', 'rest'] as const)
    lines.forEach((line, i) => {
      if ((line.ev === 'send.invoke') === (wanted === 'send.invoke')) place(index, line, i + 1, malformed);
    });
  for (const send of index.sends.values())
    if (send.outcome === undefined) malformed(`send ${send.invoke.op} was never closed`, send.invoke.line);
  noteTimes(index);
  return index;
}

function place(
  index: Building,
  line: HistoryLine,
  number: number,
  malformed: (what: string, line: number) => void,
): void {
  switch (line.ev) {
    case 'send.invoke':
      if (index.sends.has(line.op)) malformed(`send ${line.op} begins twice`, number);
      else index.sends.set(line.op, { invoke: { ...line, line: number } });
      return;
    case 'send.ok':
    case 'send.fail':
    case 'send.info':
      return closeSend(index, line, number, malformed);
    case 'ticket.applied':
      index.applied.push({ ...line, line: number });
      return;
    case 'prov.recv':
      index.receipts.push({ ...line, line: number });
      return;
    case 'page.outcome':
      index.outcomes.set(line.key, [...(index.outcomes.get(line.key) ?? []), { ...line, line: number }]);
      return;
    case 'esc.started':
    case 'step.planned':
    case 'ack.committed':
    case 'resolve.committed':
    case 'esc.ended':
      return placeInEscalation(index, line, number, malformed);
    case 'world':
    case 'fault.begin':
    case 'fault.end':
    case 'end':
  }
}

function noteTimes(index: Building): void {
  const earliest = (times: Map<string, number>, of: string, t: number): unknown =>
    times.set(of, Math.min(t, times.get(of) ?? t));
  for (const { eventId, t } of index.applied) earliest(index.appliedAt, eventId, t);
  for (const { invoke } of index.sends.values()) {
    const t = index.appliedAt.get(invoke.eventId);
    if (invoke.resolves && t !== undefined) earliest(index.resolvedAt, invoke.ticket, t);
  }
}

function closeSend(
  index: Building,
  line: LineOf<'send.ok' | 'send.fail' | 'send.info'>,
  number: number,
  malformed: (what: string, line: number) => void,
): void {
  const send = index.sends.get(line.op);
  if (send === undefined || send.outcome !== undefined || line.t < send.invoke.t)
    malformed(`send ${line.op} is closed without being open`, number);
  else send.outcome = line.ev.slice('send.'.length) as 'ok' | 'fail' | 'info';
}

function placeInEscalation(
  index: Building,
  line: LineOf<'esc.started' | 'step.planned' | 'ack.committed' | 'resolve.committed' | 'esc.ended'>,
  number: number,
  malformed: (what: string, line: number) => void,
): void {
  const key = `${line.ticket}/${line.epoch}`;
  const escalation = index.escalations.get(key) ?? { ticket: line.ticket, epoch: line.epoch, steps: [] };
  index.escalations.set(key, escalation);
  const numbered = { ...line, line: number };
  switch (numbered.ev) {
    case 'esc.started':
      if (escalation.started === undefined) escalation.started = numbered;
      else malformed(`escalation ${key} starts twice`, number);
      return;
    case 'step.planned':
      escalation.steps.push(numbered);
      return;
    case 'ack.committed':
    case 'resolve.committed':
      if (escalation.stopped?.ev === numbered.ev) malformed(`${key}: ${numbered.ev} twice`, number);
      else if (escalation.stopped === undefined || numbered.t < escalation.stopped.t)
        escalation.stopped = numbered;
      return;
    case 'esc.ended':
      if (escalation.ended === undefined) escalation.ended = numbered;
      else malformed(`escalation ${key} ends twice`, number);
  }
}

function faultWindows(lines: readonly HistoryLine[]): { from: number; to: number }[] {
  const windows: { fault: string; from: number; to: number }[] = [];
  for (const line of lines.toSorted((a, b) => a.t - b.t)) {
    if (line.ev === 'fault.begin')
      windows.push({ fault: line.fault, from: line.t, to: Number.POSITIVE_INFINITY });
    if (line.ev === 'fault.end') {
      const open = windows.find((w) => w.fault === line.fault && w.to === Number.POSITIVE_INFINITY);
      if (open !== undefined) open.to = line.t;
    }
  }
  return windows;
}
