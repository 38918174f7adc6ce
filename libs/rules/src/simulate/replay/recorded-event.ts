import {
  type Config,
  PERSONAL_FACTS,
  type PersonalFact,
  type RecordedEvent,
  type TicketEvent,
} from '@tocsin/contracts';
import { compiledRules } from '../../conditions/compiled-rules.js';

const known = new WeakMap<Config, ReadonlySet<PersonalFact>>();

/** The facts with personal text that any rule, weight, table or key of a group looks at. */
export function personalFactsRead(config: Config): ReadonlySet<PersonalFact> {
  const found = known.get(config) ?? new Set(PERSONAL_FACTS.filter((fact) => isRead(fact, config)));
  known.set(config, found);
  return found;
}

function isRead(fact: PersonalFact, config: Config): boolean {
  const { priorityReads, routing } = compiledRules(config);
  if (groupingReads(fact, config)) return true;
  if (fact === 'requester.id')
    return (
      [...config.priority.rules, ...config.routing].some(({ when }) => when.includes(fact)) ||
      Object.values(config.tables).some(({ key }) => key === fact)
    );
  return (
    priorityReads.includes(fact) || routing.some((rule) => rule.ok && rule.condition.reads.includes(fact))
  );
}

const groupingReads = (fact: PersonalFact, { grouping }: Config): boolean =>
  grouping.some(({ when, by }) => [when, ...by].some((text) => new RegExp(`\\b${fact}\\b`, 'u').test(text)));

/** What of an event is recorded: all that rules may look at, but personal text only where a rule of this config does. */
export function recordedEvent(event: TicketEvent, config: Config): RecordedEvent {
  const reads = personalFactsRead(config);
  const said = PERSONAL_FACTS.filter((fact) => says(event, fact));
  const left = said.filter((fact) => !reads.has(fact));
  const kept = said.filter((fact) => reads.has(fact));
  return {
    ...plainFacts(event),
    ...partiesOf(event, kept),
    ...(kept.includes('subject') ? { subject: event.subject } : {}),
    ...(kept.includes('body') ? { body: event.body } : {}),
    ...(kept.includes('attributes') ? { attributes: event.attributes } : {}),
    ...(event.tags.length === 0 ? {} : { tags: event.tags }),
    ...(event.restricted ? { restricted: true } : {}),
    ...(left.length === 0 ? {} : { left }),
  };
}

/** Who asks, who wrote, whom it concerns: by role, without names. */
function partiesOf(
  { author, parties, requester }: TicketEvent,
  kept: readonly PersonalFact[],
): Pick<RecordedEvent, 'requester' | 'author' | 'party'> {
  const { id, ...asks } = requester ?? {};
  const party = parties[0]?.role;
  return {
    ...(requester === undefined
      ? {}
      : { requester: { ...asks, ...(kept.includes('requester.id') ? { id } : {}) } }),
    ...(author === undefined ? {} : { author: { role: author.role, internal: author.internal } }),
    ...(party === undefined ? {} : { party }),
  };
}

const plainFacts = (event: TicketEvent) => {
  const { source, kind, type, ticketKey, version, receivedAt, occurredAt } = event;
  const { category, market, language, channel } = event;
  const { severity, status, service, affected, flags } = event;
  return {
    ...{ source, kind, type, ticketKey, version, receivedAt, occurredAt },
    ...{ category, market, language, channel },
    ...{ severity, status, service, affected, flags },
  };
};

const says = ({ subject, body, attributes, requester }: TicketEvent, fact: PersonalFact): boolean =>
  ({
    subject: subject !== '',
    body: body !== undefined,
    attributes: Object.keys(attributes).length > 0,
    'requester.id': requester?.id !== undefined,
  })[fact];

/** The event again; what is not recorded was not said. */
export const ticketOf = ({ party, author, ...event }: RecordedEvent): TicketEvent => ({
  id: '',
  tenant: '',
  ...event,
  ...(author === undefined ? {} : { author }),
  subject: event.subject ?? '',
  tags: event.tags ?? [],
  parties: party === undefined ? [] : [{ role: party, idHash: '' }],
  attributes: event.attributes ?? {},
  restricted: event.restricted === true,
});
