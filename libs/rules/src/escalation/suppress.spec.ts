import { describe, it } from '@jest/globals';
import { ack, CaseStory, escalate, LADDER, reopened, resolved, snoozed, T0 } from './case-story.given.js';
import type { EscalationContext } from './escalation-context.js';

const window = { kind: 'window', name: 'upload weekly' } as const;

/** A window from one second until another; P1 is exempt when asked. */
const inWindow = (from: number, until: number, exempt: readonly string[] = []) => {
  const quiet: EscalationContext['quiet'] = (priority, at) => {
    const second = (at - T0) / 1000;
    if (second < from || second >= until || exempt.includes(priority)) return undefined;
    return { by: window, until: T0 + until * 1000 };
  };
  return new CaseStory(LADDER, [], {}, undefined, quiet);
};

describe('a case that is hushed', () => {
  it('opens, says so, and pages its first step at the end', () => {
    inWindow(0, 3600)
      .opened(10, 'P2')
      .told('EscalationStarted', 'EscalationSuppressed')
      .says('EscalationSuppressed', { by: window, until: T0 + 3_600_000, due: 'step', stepName: 'on-call' })
      .is({ status: 'suppressed', epoch: 1, round: 1, step: 0, wakesAt: 3600 })
      .woke(300)
      .stayed('still-suppressed')
      .paged()
      .woke(3600)
      .told('SuppressionEnded', 'StepStarted')
      .is({ status: 'running', epoch: 1, step: 0, wakesAt: 3720 })
      .paged('3600: bo');
  });

  it('keeps the pages that were sent before; the next step waits', () => {
    inWindow(60, 1000)
      .opened(0, 'P2')
      .woke(120)
      .is({ status: 'suppressed', step: 1 })
      .stopped()
      .woke(1000)
      .paged('0: bo', '1000: chen')
      .leftAlone()
      .is({ status: 'exhausted' });
  });

  it('that is resolved inside stays quiet for ever', () => {
    inWindow(0, 3600)
      .opened(10, 'P2')
      .when(600, resolved)
      .told('CaseResolved')
      .woke(3600)
      .stayed('nothing-due')
      .paged();
  });

  it('may be acknowledged as always, and its owner is not reminded before the end', () => {
    const times = { ...LADDER, acknowledged: { P2: { remind: 300, reopen: 900 } } };
    const quiet: EscalationContext['quiet'] = (_, at) =>
      at < T0 + 2_000_000 ? { by: window, until: T0 + 2_000_000 } : undefined;
    new CaseStory(times, [], {}, undefined, quiet)
      .opened(0, 'P2')
      .when(10, ack('bo'))
      .is({ status: 'acknowledged', by: 'bo', wakesAt: 310 })
      .woke(310)
      .is({ status: 'acknowledged', by: 'bo', wakesAt: 2300 })
      .woke(2300)
      .paged('2300: bo')
      .told('OwnerReminded');
  });

  it('that becomes exempt pages at once, from the step that was held back', () => {
    inWindow(0, 3600, ['P1'])
      .opened(10, 'P2')
      .when(20, { type: 'PriorityChanged', to: 'P1' })
      .told('PriorityChanged', 'SuppressionEnded', 'StepStarted')
      .paged('20: bo');
  });

  it('is looked at again when what keeps it quiet changes', () => {
    let end = 3600;
    const quiet: EscalationContext['quiet'] = (_, at) =>
      at < T0 + end * 1000 ? { by: window, until: T0 + end * 1000 } : undefined;
    const story = new CaseStory(LADDER, [], {}, undefined, quiet).opened(0, 'P2');
    end = 1800;
    story
      .when(60, { type: 'QuietChanged' })
      .told('EscalationSuppressed')
      .is({ status: 'suppressed', wakesAt: 1800 });
    end = 90;
    story.when(90, { type: 'QuietChanged' }).paged('90: bo');
  });

  it('pages when a person asks for it, and only that once', () => {
    inWindow(0, 3600)
      .opened(0, 'P2')
      .when(60, escalate('ana'))
      .told('CaseEscalated', 'SuppressionEnded', 'StepStarted')
      .is({ status: 'running', step: 0, wakesAt: 180 })
      .woke(180)
      .is({ status: 'suppressed', step: 1 })
      .paged('60: bo');
  });

  it('does not page because Tocsin itself asks, such as at a breached promise', () => {
    inWindow(60, 3600)
      .opened(0, 'P2')
      .when(90, escalate('tocsin'))
      .is({ status: 'suppressed', step: 1 })
      .paged('0: bo');
  });

  it('is snoozed, reassigned and migrated like a held one', () => {
    inWindow(0, 3600)
      .opened(0, 'P2')
      .when(10, snoozed('ana', 100))
      .woke(100)
      .told('SnoozeEnded time', 'EscalationSuppressed')
      .when(110, { type: 'Reassigned', by: 'ana', to: [{ kind: 'person', name: 'dee' }] })
      .is({ status: 'running', goesOn: { round: 2, step: 0 } })
      .woke(410)
      .is({ status: 'suppressed', round: 2, step: 0 })
      .when(420, { type: 'Migrated', by: 'ana', from: { revision: 1, plan: LADDER }, revision: 2 })
      .is({ status: 'suppressed', epoch: 4 })
      .paged('110: dee');
  });

  it('keeps its fallback and the reminders of it back too', () => {
    inWindow(700, 5000)
      .opened(0, 'P2')
      .woke(120, 300, 480, 660)
      .woke(840)
      .is({ status: 'suppressed', step: 3, round: 2, due: 'fallback' })
      .woke(5000)
      .told('SuppressionEnded', 'EscalationExhausted ended', 'FallbackPaged')
      .is({ status: 'exhausted', round: 2 });
    inWindow(900, 5000)
      .opened(0, 'P2')
      .leftAlone()
      .woke(1740)
      .is({ status: 'suppressed', due: 'reminder' })
      .woke(5000)
      .told('SuppressionEnded', 'FallbackPaged')
      .is({ status: 'exhausted', round: 3 });
  });

  it('that is reopened inside is hushed again', () => {
    inWindow(0, 3600)
      .opened(0, 'P2')
      .when(10, resolved)
      .when(20, reopened)
      .is({ status: 'suppressed', epoch: 2 })
      .woke(3600)
      .paged('3600: bo');
  });
});
