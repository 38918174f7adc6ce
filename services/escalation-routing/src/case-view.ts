import { type CaseGroupView, caseIdText, type CaseView, isoOf } from '@tocsin/contracts';
import { type CaseGroup, counterfactualOf, type EscalationCase, wakeAtOf } from '@tocsin/rules';
import { knownMembers } from './known-members.js';
import type { RoutedCase } from './routed-case.js';

const iso = (at: number | undefined): string | undefined => (at === undefined ? undefined : isoOf(at));

/** A case as the API shows it. */
export function viewOf(routed: RoutedCase): CaseView {
  const { escalation } = routed;
  const { status, epoch, round, step } = escalation;
  const { market, service, acknowledgedBy, policy, noEscalation } = routed;
  return {
    id: caseIdText(routed.id),
    state: routed.state,
    priority: routed.priority,
    because: routed.because,
    ...weighingView(routed),
    subject: routed.subject,
    source: routed.source,
    ticketKey: routed.ticketKey,
    ...categoryView(routed),
    ...knownMembers({ market, service, status: routed.status }),
    events: routed.events,
    openedAt: isoOf(routed.openedAt),
    ...knownMembers({
      resolvedAt: iso(routed.resolvedAt),
      resolving: resolvingOf(routed),
      resolution: routed.resolution,
      group: groupView(routed.group),
    }),
    ...knownMembers({
      joinedInto: routed.joinedInto === undefined ? undefined : caseIdText(routed.joinedInto),
    }),
    ...knownMembers({ acknowledgedBy, acknowledgedAt: iso(routed.acknowledgedAt) }),
    escalation: {
      state: status,
      ...knownMembers({ snooze: snoozeOf(escalation), suppressed: suppressedOf(escalation) }),
      ...knownMembers({ ownerTimes: ownerTimesOf(escalation) }),
      ...knownMembers({ reason: noEscalation, policy, wakeAt: iso(wakeAtOf(escalation)) }),
      epoch,
      round,
      step,
    },
    revision: routed.revision,
    version: routed.version,
  };
}

/** Where it is filed, when that is another category than the one by which it was decided. */
function categoryView({ category, filed, weighing }: RoutedCase) {
  const decided = knownMembers({ category, categoryLabel: weighing?.category?.label });
  if (filed === undefined) return decided;
  return knownMembers({ category: filed.category, categoryLabel: filed.label, decidedAs: category });
}

function weighingView({ weighing, priority }: RoutedCase) {
  if (weighing === undefined) return {};
  const { pin, lowering, standing } = weighing;
  return {
    counterfactual: counterfactualOf(weighing, priority),
    ...(pin === undefined
      ? {}
      : {
          pin: {
            ...{ by: pin.by, reason: pin.reason, computed: standing.priority },
            ...knownMembers({ until: iso(pin.until) }),
          },
        }),
    ...(lowering === undefined ? {} : { lowering: { to: lowering.to, at: isoOf(lowering.at) } }),
  };
}

function groupView(group: CaseGroup | undefined): CaseGroupView | undefined {
  if (group === undefined) return undefined;
  const { rule, by, because, from, to, tickets, open, flapping } = group;
  return {
    ...{ rule, by: [...by], because, tickets, open },
    ...{ firstSeen: isoOf(from), lastSeen: isoOf(to) },
    ...(flapping === undefined
      ? {}
      : {
          flapping: {
            since: isoOf(flapping.since),
            calmAt: isoOf(flapping.calmAt),
            because: group.flapBecause ?? because,
          },
        }),
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

const ownerTimesOf = (escalation: EscalationCase): CaseView['escalation']['ownerTimes'] => {
  if (escalation.status !== 'acknowledged' || escalation.times === undefined) return undefined;
  const { by, at, until, reason, remind, reopen } = escalation.times;
  return { by, at: isoOf(at), until: isoOf(until), reason, ...knownMembers({ remind, reopen }) };
};

const resolvingOf = ({ resolving, closeAt }: RoutedCase): CaseView['resolving'] =>
  resolving === undefined || closeAt === undefined
    ? undefined
    : { by: resolving.by, since: isoOf(resolving.since), closesAt: isoOf(closeAt) };

const suppressedOf = (escalation: EscalationCase): CaseView['escalation']['suppressed'] =>
  escalation.status === 'suppressed'
    ? {
        by: escalation.by,
        since: isoOf(escalation.since),
        ...(escalation.by.kind === 'parent' ? {} : { until: isoOf(escalation.wakeAt) }),
      }
    : undefined;

/** Strong: the same version is the same representation. */
export const etagOf = ({ version }: { readonly version: number }): string => `"${version}"`;
