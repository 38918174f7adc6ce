import { Config, type ConfigTree, type Instant, isoOf, type TicketEvent } from '@tocsin/contracts';
import { type Connections, ConnectionsConfig, openConnections } from '@tocsin/connections';
import { makeLogger } from '@tocsin/runtime';
import { Registry } from 'prom-client';
import type { PassRoutingFailpoint } from './routing-failpoints.js';
import { ROUTING_MIGRATIONS } from './routing-migrations.js';
import { buildRouting } from './routing-parts.js';
import type { CausedEvent } from './triage-event/told-by-event.js';

/** Ana is on call by the schedule, then Bo, then Dee; P5 pages nobody. */
export const TREE: ConfigTree = {
  people: {
    ana: { name: 'Ana', timeZone: 'Asia/Singapore', contact: { desk: { sandbox: true } } },
    bo: { name: 'Bo', timeZone: 'Asia/Singapore', contact: { desk: { sandbox: true } } },
    chen: { name: 'Chen', timeZone: 'Asia/Singapore' },
    dee: { name: 'Dee', timeZone: 'Asia/Singapore', contact: { desk: { sandbox: true } } },
  },
  teams: { pay: { members: ['ana', 'bo'], ladder: { tier2: 'person bo', manager: 'person dee' } } },
  schedules: {
    primary: {
      timeZone: 'Asia/Singapore',
      layers: [{ people: ['ana'], every: '1w', handover: 'Mon 09:00', from: '2020-01-06' }],
    },
  },
  policies: {
    'live-pay': {
      steps: [
        { name: 'on-call', page: 'schedule primary', wait: '120s' },
        { name: 'owner', page: 'tier2 of the service', wait: '180s', repeat: { from: 'on-call', times: 1 } },
      ],
      fallback: { page: 'person dee' },
    },
  },
  services: { payouts: { team: 'pay', policy: 'live-pay', handles: ['live.payout'] } },
  taxonomy: { 'live.payout': { label: { en: 'Payout', 'zh-CN': '提现' } } },
  sources: {
    demo: { kind: 'generic', severity: { critical: 'P1', warning: 'P3', info: 'P5' }, service: 'payouts' },
  },
};

export interface RoutingRig {
  readonly routing: ReturnType<typeof buildRouting>;
  readonly connections: Connections;
  /** Triages one batch in a transaction of its own, as the consumer does. */
  triage(events: readonly TicketEvent[]): Promise<void>;
  query<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/**
 * Routing on a real database without consumers: specs hand it its batches.
 * @param trees revision 1 and those after it; one that is pushed later is the current one from then on
 */
export async function routingOn(
  url: string,
  pass: PassRoutingFailpoint = () => undefined,
  trees: readonly ConfigTree[] = [TREE],
): Promise<RoutingRig> {
  const log = makeLogger('silent');
  const metrics = new Registry();
  const config = ConnectionsConfig.parse({ DATABASE_URL: url, DATABASE_POOL_HOT: 16 });
  const connections = await openConnections({
    service: 'escalation-routing',
    migrations: ROUTING_MIGRATIONS,
    config,
    log,
    metrics,
  });
  const { transactions, eventLog } = connections;
  const configs = new Map<number, Config>();
  const configAt = (revision: number): Config => {
    const config = configs.get(revision) ?? Config.parse(trees[revision - 1]);
    configs.set(revision, config);
    return config;
  };
  const revisions = {
    current: () => ({ revision: trees.length, config: configAt(trees.length) }),
    at: (revision: number) => Promise.resolve(configAt(revision)),
  };
  const routing = buildRouting({ transactions, eventLog, revisions, pass, log, metrics });
  return {
    routing,
    connections,
    triage: (events) =>
      transactions.run('hot', (tx) =>
        routing.triageEvent.triage(
          tx,
          events.map((event): CausedEvent => ({ event })),
        ),
      ),
    query: (text, values = []) => transactions.query('cold', { text, values }),
    close: () => connections.close(),
  };
}

let number = 0;

/** A critical created of source demo; its version is its number, so later ones are newer. */
export function ticketEvent(more: Partial<TicketEvent> = {}): TicketEvent {
  number += 1;
  const at: Instant = Date.UTC(2026, 10, 2, 3) + number;
  return {
    id: `evt_${number}`,
    tenant: 'default',
    source: 'demo',
    kind: 'ticket',
    type: 'ticket.created',
    ticketKey: `T-${number}`,
    version: { by: 'sender', at: number, tie: '' },
    receivedAt: isoOf(at),
    subject: `ticket ${number}`,
    severity: 'critical',
    tags: [],
    parties: [],
    attributes: {},
    restricted: false,
    ...more,
  };
}
