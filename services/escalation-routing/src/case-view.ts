import { caseIdText, type CaseView, isoOf } from '@tocsin/contracts';
import { counterfactualOf, type EscalationCase, wakeAtOf } from '@tocsin/rules';
import type { RoutedCase } from './routed-case.js';

const iso = (at: number | undefined): string | undefined => (at === undefined ? undefined : isoOf(at));

/** Absent members are left out, never null. */
function present<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}

/** A case as the API shows it. */
export function viewOf(routed: RoutedCase): CaseView {
  const { escalation } = routed;
  const { status, epoch, round, step } = escalation;
  const { category, market, service, acknowledgedBy, policy, noEscalation } = routed;
  return {
    id: caseIdText(routed.id),
    state: routed.state,
    priority: routed.priority,
    because: routed.because,
    ...weighingView(routed),
    subject: routed.subject,
    source: routed.source,
    ticketKey: routed.ticketKey,
    ...present({ category, market, service, status: routed.status }),
    events: routed.events,
    openedAt: isoOf(routed.openedAt),
    ...present({ resolvedAt: iso(routed.resolvedAt), resolution: routed.resolution }),
    ...present({ acknowledgedBy, acknowledgedAt: iso(routed.acknowledgedAt) }),
    escalation: {
      state: status,
      ...present({ snooze: snoozeOf(escalation) }),
      ...present({ reason: noEscalation, policy, wakeAt: iso(wakeAtOf(escalation)) }),
      epoch,
      round,
      step,
    },
    revision: routed.revision,
    version: routed.version,
  };
}

function weighingView({ weighing, priority }: RoutedCase) {
  if (weighing === undefined) return {};
  const { pin, lowering, standing, category } = weighing;
  return {
    counterfactual: counterfactualOf(weighing, priority),
    ...present({ categoryLabel: category?.label }),
    ...(pin === undefined
      ? {}
      : {
          pin: {
            ...{ by: pin.by, reason: pin.reason, computed: standing.priority },
            ...present({ until: iso(pin.until) }),
          },
        }),
    ...(lowering === undefined ? {} : { lowering: { to: lowering.to, at: isoOf(lowering.at) } }),
  };
}

const snoozeOf = (escalation: EscalationCase): CaseView['escalation']['snooze'] =>
  escalation.status === 'snoozed'
    ? {
        by: escalation.by,
        at: isoOf(escalation.at),
        until: isoOf(escalation.wakeAt),
        reason: escalation.reason,
      }
    : undefined;

/** Strong: the same version is the same representation. */
export const etagOf = ({ version }: { readonly version: number }): string => `"${version}"`;
