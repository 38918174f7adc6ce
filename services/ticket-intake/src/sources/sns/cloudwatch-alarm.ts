import { readInstant, type TicketEvent } from '@tocsin/contracts';
import type { MappedEvent } from '../mapping-pack.js';
import { type Json, objectAt, present, textAt, textsAt } from '../read-members.js';

type Mapped = Omit<MappedEvent, 'senderId'>;

/** Enters OK: over. Enters ALARM or INSUFFICIENT_DATA: raised, with the state as the word of its severity. */
const TYPES: Readonly<Record<string, TicketEvent['type']>> = {
  OK: 'alert.cleared',
  ALARM: 'alert.raised',
  INSUFFICIENT_DATA: 'alert.raised',
};

/** A CloudWatch alarm as its SNS action writes it, or as EventBridge does; undefined when it is neither. */
export const cloudWatchAlarm = (message: Json): Mapped | undefined =>
  ofAction(message) ?? ofEventBridge(message);

function ofAction(alarm: Json): Mapped | undefined {
  const name = textAt(alarm, 'AlarmName');
  const region = textAt(alarm, 'Region');
  return name === undefined
    ? undefined
    : enters({
        name,
        state: textAt(alarm, 'NewStateValue') ?? '',
        key: textAt(alarm, 'AlarmArn') ?? [textAt(alarm, 'AWSAccountId'), region, name].join(' '),
        at: textAt(alarm, 'StateChangeTime'),
        description: textAt(alarm, 'AlarmDescription'),
        reason: textAt(alarm, 'NewStateReason'),
        attributes: {
          from: textAt(alarm, 'OldStateValue'),
          account: textAt(alarm, 'AWSAccountId'),
          region,
          trigger: alarm['Trigger'],
          rule: textAt(alarm, 'AlarmRule'),
        },
      });
}

function ofEventBridge(event: Json): Mapped | undefined {
  const detail = objectAt(event, 'detail');
  const name = textAt(detail, 'alarmName');
  if (event['source'] !== 'aws.cloudwatch' || name === undefined) return undefined;
  const state = objectAt(detail, 'state');
  const configuration = objectAt(detail, 'configuration');
  const [arn] = textsAt(event, 'resources');
  return enters({
    name,
    state: textAt(state, 'value') ?? '',
    key: arn ?? [textAt(event, 'account'), textAt(event, 'region'), name].join(' '),
    at: textAt(state, 'timestamp') ?? textAt(event, 'time'),
    description: textAt(configuration, 'description'),
    reason: textAt(state, 'reason'),
    attributes: {
      from: textAt(objectAt(detail, 'previousState'), 'value'),
      account: event['account'],
      region: event['region'],
      trigger: configuration,
    },
  });
}

interface Change {
  readonly name: string;
  readonly state: string;
  readonly key: string;
  readonly at: string | undefined;
  readonly description: string | undefined;
  readonly reason: string | undefined;
  readonly attributes: Json;
}

function enters(change: Change): Mapped | undefined {
  const { name, state, key, at, description, reason, attributes } = change;
  const type = TYPES[state];
  if (type === undefined) return undefined;
  return {
    kind: 'alert',
    type,
    key,
    occurredAt: at === undefined ? undefined : readInstant(at),
    subject: description === undefined ? name : `${name}: ${description}`,
    body: reason,
    severity: type === 'alert.cleared' ? undefined : state.toLowerCase(),
    tags: [name],
    attributes: present({ alarm: name, state, ...attributes }),
  };
}
