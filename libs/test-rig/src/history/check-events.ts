import type { Trial } from './trial.js';

/**
 * S1, S2: whatever was answered 2xx is applied, exactly once; nothing is applied that nobody sent.
 * An unanswered or failed send may or may not be in.
 */
export function checkEvents({ index: { sends, applied }, witnesses }: Trial): void {
  const sent = new Set<string>();
  const accepted = new Map<string, number>();
  for (const { invoke, outcome } of sends.values()) {
    sent.add(invoke.eventId);
    if (outcome === 'ok') accepted.set(invoke.eventId, invoke.line);
  }
  const seen = new Map<string, number>();
  for (const { eventId, line } of applied) {
    const before = seen.get(eventId);
    if (before !== undefined)
      witnesses.push({ kind: 'dup', what: `event ${eventId} was applied twice`, lines: [before, line] });
    else if (!sent.has(eventId))
      witnesses.push({ kind: 'phantom', what: `event ${eventId} was never sent`, lines: [line] });
    seen.set(eventId, line);
  }
  for (const [eventId, line] of accepted)
    if (!seen.has(eventId))
      witnesses.push({
        kind: 'lost',
        what: `event ${eventId} was accepted and never applied`,
        lines: [line],
      });
}
