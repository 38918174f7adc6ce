import { expect, it } from '@jest/globals';
import pg from 'pg';
import { outboxTable } from '@tocsin/postgres';
import { openConnections } from './open-connections.js';
import { ConnectionsConfig } from './connections-config.js';
const log: any = { debug() {}, info: console.log, warn: console.log, error: console.log };
it('walks', async () => {
  const admin = new pg.Client({ connectionString: process.env['TOCSIN_TEST_DATABASE_URL']! });
  await admin.connect();
  const name = 't_' + Math.random().toString(36).slice(2);
  await admin.query(`CREATE DATABASE ${name}`);
  const url = process.env['TOCSIN_TEST_DATABASE_URL']!.replace(/\/postgres$/, '/' + name);
  const config = ConnectionsConfig.parse({ DATABASE_URL: url });
  const m = (s: string) => [{ id: 202611220001, name: 'first', sql: outboxTable(s) }];
  const [a, b] = await Promise.all([
    openConnections({ service: 'ticket-intake', migrations: m('ticket_intake'), config, log, metrics: undefined as any }),
    openConnections({ service: 'escalation-routing', migrations: m('escalation_routing'), config, log, metrics: undefined as any })]);
  const got: string[] = [];
  await b.bus.consume({ group: 'escalation-routing.tickets', topic: 'tickets' }, async (events) => { got.push(...events.map((e) => e.payload)); });
  const t0 = performance.now();
  for (let i = 0; i < 10; i++) await a.transactions.run('hot', (tx) => a.eventLog.append(tx, [{ topic: 'tickets', lane: i % 2 ? 'hot' : 'cold', key: 'k', type: 't', payload: `{"i":${i}}` }]));
  while (got.length < 10) await new Promise((r) => setTimeout(r, 1));
  console.log(performance.now() - t0, got);
  // rate
  const N = 400; let n = 0; const big = JSON.stringify({ text: 'x'.repeat(400) });
  got.length = 0;
  const t1 = performance.now();
  for (let i = 0; i < N; i++) { await a.transactions.run('cold', (tx) => a.eventLog.append(tx, Array.from({ length: 50 }, (_, j) => ({ topic: 'tickets' as const, lane: 'cold' as const, key: 'k' + j, type: 't', payload: big })))); n += 50; }
  const t2 = performance.now();
  while (got.length < n) await new Promise((r) => setTimeout(r, 1));
  console.log('append', n / (t2 - t1) * 1000, 'handled', n / (performance.now() - t1) * 1000);
  const t = await a.checks[0]!.check(); expect(t.ok).toBe(true);
  await a.close(); await b.close();
  await admin.query(`DROP DATABASE ${name}`); await admin.end();
}, 60000);
