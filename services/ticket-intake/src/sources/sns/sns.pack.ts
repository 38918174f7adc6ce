import { readInstant } from '@tocsin/contracts';
import { mapGeneric } from '../generic/generic.pack.js';
import {
  failed,
  KIB,
  type MappedEvent,
  type Mapping,
  type MappingContext,
  type MappingPack,
} from '../mapping-pack.js';
import { isObject, type Json, textAt } from '../read-members.js';
import { amazonAddress, fetchFromAmazon } from './amazon-address.js';
import { cloudWatchAlarm } from './cloudwatch-alarm.js';
import { snsSignature } from './sns-signature.js';

/**
 * Amazon SNS over https: CloudWatch alarms, our own form, and plain messages. SNS says `text/plain` of its JSON.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
export const sns: MappingPack = {
  kind: 'sns',
  version: 1,
  // SNS carries up to 256 KB of message, written as text inside of JSON.
  bodyLimit: 1024 * KIB,
  mediaTypes: ['text/plain'],
  signature: snsSignature,
  senderOf: (body) => (isObject(body) ? textAt(body, 'TopicArn') : undefined),
  refusesFaults: false,
  comeBack: 503,
  confirm: confirmSubscription,
  map: mapMessage,
};

/** Visits the address that a subscription is confirmed by. @returns false when it should be asked for again */
async function confirmSubscription(body: unknown): Promise<boolean> {
  if (!isObject(body) || body['Type'] !== 'SubscriptionConfirmation') return true;
  const address = amazonAddress(textAt(body, 'SubscribeURL'));
  return address !== undefined && (await fetchFromAmazon(address)) !== undefined;
}

function mapMessage(body: unknown, context: MappingContext): Mapping {
  if (!isObject(body)) return failed('not a JSON object');
  const type = textAt(body, 'Type');
  const id = textAt(body, 'MessageId');
  if (type === undefined || id === undefined) return failed('no SNS message: it has no Type or MessageId');
  const senderId = `message:${id}`;
  if (type !== 'Notification') return { ok: true, events: [aboutTheSubscription(body, type, senderId)] };
  const inner = jsonOf(body['Message']);
  if (inner === undefined) return mapText(body, senderId);
  const alarm = cloudWatchAlarm(inner);
  if (alarm !== undefined)
    return { ok: true, events: [{ ...alarm, senderId, attributes: withTopic(alarm, body) }] };
  const own = mapGeneric(inner, context);
  // Whatever else publishes to the topic: what it says is unknown, that it says something is not.
  if (!own.ok) return failed(`neither a CloudWatch alarm nor our own form: ${own.reason}`, own.faults);
  return {
    ok: true,
    events: own.events.map((event) => ({ ...event, senderId, attributes: withTopic(event, body) })),
  };
}

const withTopic = ({ attributes }: Pick<MappedEvent, 'attributes'>, body: Json): Record<string, unknown> => ({
  ...attributes,
  topic: textAt(body, 'TopicArn'),
});

function jsonOf(message: unknown): Json | undefined {
  if (typeof message !== 'string' || !message.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(message);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A message for people: those of one subject are about one thing, and nothing ever says that it is over. */
function mapText(body: Json, senderId: string): Mapping {
  const text = textAt(body, 'Message');
  const subject = textAt(body, 'Subject');
  if (text === undefined && subject === undefined) return failed('an SNS message that says nothing');
  const sent = textAt(body, 'Timestamp');
  return {
    ok: true,
    events: [
      {
        senderId,
        kind: 'alert',
        type: 'alert.raised',
        key: subject === undefined ? senderId : `${textAt(body, 'TopicArn') ?? ''} ${subject}`,
        occurredAt: sent === undefined ? undefined : readInstant(sent),
        subject: subject ?? text?.split('\n')[0],
        body: text,
        attributes: withTopic({ attributes: {} }, body),
      },
    ],
  };
}

const aboutTheSubscription = (body: Json, type: string, senderId: string): MappedEvent => ({
  senderId,
  kind: 'alert',
  type: 'ticket.updated',
  key: `${type} ${textAt(body, 'TopicArn') ?? ''}`,
  subject: type,
  attributes: withTopic({ attributes: {} }, body),
  recordOnly: true,
});
