import { Envelope, TOPICS, type Lane, type Topic } from '@tocsin/contracts';
import type { LoggedEvent } from '@tocsin/event-log';
import type { KafkaMessage, Message } from 'kafkajs';

/** A CloudEvents 1.0 structured-mode message; `batch`, `n` and `lane` are headers as well, for tools that look only there. */
export function encode(event: LoggedEvent): Message {
  const attributes = {
    specversion: '1.0',
    id: `${event.batch}.${event.n}`,
    source: `/tocsin/${TOPICS[event.topic].producer}`,
    type: event.type,
    subject: event.key,
    time: event.time,
    datacontenttype: 'application/json',
    lane: event.lane,
    ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
  };
  // The payload is JSON text already: it is set in as it is, not parsed and written again.
  const value = `${JSON.stringify(attributes).slice(0, -1)},"data":${event.payload}}`;
  return {
    key: event.key,
    value,
    headers: {
      'content-type': 'application/cloudevents+json',
      batch: event.batch,
      n: String(event.n),
      lane: event.lane,
    },
  };
}

/** What came over the wire is no event of ours. Verdict: never; keep it and tell. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** @throws Unreadable with the reason */
export function decode(topic: Topic, lane: Lane, message: KafkaMessage): LoggedEvent {
  if (message.value === null) throw new Unreadable('the message has no value');
  const envelope = Envelope.safeParse(parse(message.value.toString()));
  if (!envelope.success) {
    const [fault] = envelope.error.issues;
    throw new Unreadable(`no CloudEvent: ${fault?.path.join('.') ?? ''} ${fault?.message ?? ''}`);
  }
  const { id, type, subject, time, traceparent, data } = envelope.data;
  if (data === undefined) throw new Unreadable('the envelope has no data');
  const event = {
    topic,
    lane,
    ...identityOf(id),
    key: subject,
    type,
    time,
    payload: JSON.stringify(data),
  };
  return traceparent === undefined ? event : { ...event, traceparent };
}

function identityOf(id: string): Pick<LoggedEvent, 'batch' | 'n'> {
  const [, batch, n] = /^(\d{1,18})\.(\d{1,9})$/.exec(id) ?? [];
  if (batch === undefined) throw new Unreadable('the id is no «batch.n»');
  return { batch: BigInt(batch).toString(), n: Number(n) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Unreadable('the value is no JSON', { cause });
  }
}
