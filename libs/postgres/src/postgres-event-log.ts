import { schemaOf, TOPICS, type Lane, type ServiceName, type Topic } from '@tocsin/contracts';
import type { EventLog, NewEvent, Statement, Tx } from '@tocsin/event-log';
import pg from 'pg';
import { groupsOf, handOffsOf, type BusKind } from './hand-off.js';
import type { WakeHub } from './wake-hub.js';

export interface PostgresEventLogOptions {
  /** Whose outbox is written; only topics that this service produces can be appended. */
  readonly service: ServiceName;
  readonly bus: BusKind;
  readonly wake: WakeHub;
}

/** Appends to the service's outbox and hands off to the subscribed groups, in the transaction of the caller. */
export class PostgresEventLog implements EventLog {
  readonly #options: PostgresEventLogOptions;
  readonly #text: string;

  constructor(options: PostgresEventLogOptions) {
    this.#options = options;
    this.#text = appendText(schemaOf(options.service));
  }

  /**
   * One statement: n outbox rows under one batch number, one hand-off row per subscribed group and lane. Append once
   * per transaction where possible: a batch number is drawn per call. Texts must not contain U+0000.
   */
  async append(tx: Tx, events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    const handOffs = this.#handOffs(events);
    await tx.query(this.#statement(events, handOffs));
    tx.afterCommit(() => handOffs.forEach(({ group, lane }) => this.#options.wake.signal(group, lane)));
  }

  /**
   * The append as CTEs for one single statement of a hot writer: state, outbox and hand-off in one round trip.
   *
   * Give the name of a CTE (or table expression) of yours with the columns
   * `batch bigint, n int, lane text, key text, type text, payload text, traceparent text`
   * and put the returned text after it; it ends without a comma and adds the CTEs `appended` (the outbox rows: batch,
   * n, lane) and `handed_off`. Draw `batch` once, from `event_log.batch_seq`, in a MATERIALIZED CTE; `n` is any
   * number unique in the batch, order per key goes by it. No row means: nothing is appended, nobody is woken.
   * When the statement has committed, call `appended(topic, lanes)`, with the lanes that had rows: it wakes the readers.
   *
   *     WITH b AS MATERIALIZED (SELECT nextval('event_log.batch_seq') AS batch),
   *     u AS (SELECT * FROM unnest($1::text[], $2::text[], …) WITH ORDINALITY AS t(event_id, lane, key, type, payload, traceparent, n)),
   *     fresh AS (INSERT INTO received (event_id, batch, n) SELECT event_id, batch, n FROM u, b ON CONFLICT DO NOTHING RETURNING batch, n),
   *     accepted AS (SELECT f.batch, f.n, u.lane, u.key, u.type, u.payload, u.traceparent FROM fresh f JOIN u USING (n)),
   *     ${eventLog.appendCtes('tickets', 'accepted')}
   *     SELECT n, lane FROM appended
   */
  appendCtes(topic: Topic, from: string): string {
    this.#mustProduce(topic);
    const groups = handOffsOf(this.#options.bus, topic).map(
      ({ group, lane }) => `(${text(group)}, ${text(lane)})`,
    );
    const handedOff =
      groups.length === 0
        ? `handed_off AS (SELECT 1)`
        : `handed_off AS (
  INSERT INTO event_log.pending (grp, lane, batch, topic, events)
  SELECT g.grp, a.lane, a.batch, ${text(topic)}, a.events
  FROM (SELECT batch, lane, count(*)::int AS events FROM appended GROUP BY batch, lane) a
  JOIN (VALUES ${groups.join(', ')}) g (grp, lane) ON g.lane = a.lane)`;
    return `appended AS (
  INSERT INTO ${schemaOf(this.#options.service)}.outbox (batch, n, topic, lane, key, type, payload, traceparent)
  SELECT batch, n, ${text(topic)}, lane, key, type, payload, traceparent FROM ${from}
  RETURNING batch, n, lane),
${handedOff}`;
  }

  /** Wakes the readers of what a statement with `appendCtes` has committed. */
  appended(topic: Topic, lanes: readonly Lane[]): void {
    for (const { group, lane } of handOffsOf(this.#options.bus, topic)) {
      if (lanes.includes(lane)) this.#options.wake.signal(group, lane);
    }
  }

  #handOffs(events: readonly NewEvent[]): readonly HandOff[] {
    const found = new Map<string, HandOff>();
    for (const { topic, lane } of events) {
      this.#mustProduce(topic);
      for (const group of groupsOf(this.#options.bus, topic, lane)) {
        const id = `${group} ${lane}`;
        found.set(id, { group, lane, topic, events: (found.get(id)?.events ?? 0) + 1 });
      }
    }
    return [...found.values()];
  }

  #mustProduce(topic: Topic): void {
    if (TOPICS[topic].producer !== this.#options.service) {
      throw new Error(`${this.#options.service} does not produce topic ${topic}`);
    }
  }

  #statement(events: readonly NewEvent[], handOffs: readonly HandOff[]): Statement {
    return {
      name: `append ${this.#options.service}`,
      text: this.#text,
      values: [
        events.map((event) => event.topic),
        events.map((event) => event.lane),
        events.map((event) => event.key),
        events.map((event) => event.type),
        events.map((event) => event.payload),
        events.map((event) => event.traceparent ?? null),
        handOffs.map((handOff) => handOff.group),
        handOffs.map((handOff) => handOff.lane),
        handOffs.map((handOff) => handOff.topic),
        handOffs.map((handOff) => handOff.events),
      ],
    };
  }
}

interface HandOff {
  readonly group: string;
  readonly lane: Lane;
  readonly topic: Topic;
  readonly events: number;
}

const text = pg.escapeLiteral;

const appendText = (schema: string): string => `
WITH b AS MATERIALIZED (SELECT nextval('event_log.batch_seq') AS batch),
appended AS (
  INSERT INTO ${schema}.outbox (batch, n, topic, lane, key, type, payload, traceparent)
  SELECT b.batch, e.n, e.topic, e.lane, e.key, e.type, e.payload, e.traceparent
  FROM b, unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
    WITH ORDINALITY AS e (topic, lane, key, type, payload, traceparent, n))
INSERT INTO event_log.pending (grp, lane, batch, topic, events)
SELECT h.grp, h.lane, b.batch, h.topic, h.events
FROM b, unnest($7::text[], $8::text[], $9::text[], $10::int[]) AS h (grp, lane, topic, events)`;
