import { caseIdText } from '@tocsin/contracts';
import { caseFactsOf, closingOf, EMPTY_FACTS, type Gathering, inactiveAt, NOT_OPENED } from '@tocsin/rules';
import type { CaseWork } from '../case-work.js';
import { knownMembers } from '../known-members.js';
import { type CurrentConfig, explained } from '../reweigh-priority/weigh-case.js';
import { neverClosing, type RoutedCase } from '../routed-case.js';

interface Split {
  readonly id: bigint;
  readonly from: RoutedCase;
  /** The case by which the ticket came to `from`: what was known of it there is nearer to it. */
  readonly origin?: RoutedCase | undefined;
  readonly to: Gathering;
  readonly by: string;
  /** The config in force: a new case pins it. */
  readonly current: CurrentConfig;
  readonly traceparent?: string | undefined;
}

/** What a new case has not, whatever the old one has. */
const NEW = {
  ...{ policy: undefined, noEscalation: undefined, acknowledgedAt: undefined, acknowledgedBy: undefined },
  ...{ group: undefined, gathered: undefined, joinedInto: undefined, resolution: undefined },
};

/** Opens the case that a split makes: what is known of the old one, with an escalation and clocks of its own. */
export function openSplit(
  work: CaseWork,
  { id, from, origin = from, to, by, current, traceparent }: Split,
): RoutedCase {
  const { priority } = from;
  const { subject, category, market, language, service, status, link } = origin;
  const { config, revision } = current;
  const ofAnother = to.face.source !== origin.source || to.face.ticketKey !== origin.ticketKey;
  const closeAt = inactiveAt(closingOf(config, service), work.now);
  const unplanned: RoutedCase = {
    ...knownMembers({
      ...neverClosing(from),
      ...{ ...NEW, subject, category, market, language, service, status, link },
      ...(ofAnother ? { status: undefined, link: undefined } : {}),
    }),
    ...reportedOnce(from),
    ...{ id, ...to.face, state: 'open', revision, events: 0, version: 0, openedAt: work.now },
    ...(closeAt === undefined ? {} : { closeAt }),
    escalation: { ...NOT_OPENED, priority },
    fence: 0,
  };
  const { policy } = work.contextOf(unplanned).plan;
  const routed = work.put({ ...unplanned, ...(policy === undefined ? {} : { policy }) });
  work.hear(routed, { kind: 'tickets-moved', act: 'split' });
  const facts = { splitFrom: caseIdText(from.id), ...explained(routed), service, revision };
  work.tell(routed, { type: 'CaseOpened', by, facts, traceparent });
  const said = { ...(routed.weighing?.facts ?? EMPTY_FACTS), ...textsOf(routed) };
  const asOpened = { priority, service: service ?? '', events: 0, round: 1 };
  work.sla.open(routed, caseFactsOf(said, asOpened), { type: 'TicketUpdated', by });
  work.act(routed, { type: 'Opened', priority }, { traceparent, follows: true });
  return routed;
}

/** How often the old case was reported, and what it was promised, is not said of the new one. */
const reportedOnce = ({ weighing }: RoutedCase): Partial<RoutedCase> =>
  weighing === undefined
    ? {}
    : { weighing: { ...weighing, facts: { ...weighing.facts, reports: 1, promise: '' } } };

const textsOf = ({ category = '', market = '', language = '' }: RoutedCase) => ({
  category,
  market,
  language,
});
