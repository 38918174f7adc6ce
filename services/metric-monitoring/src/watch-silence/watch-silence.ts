import type { ConfigSource } from '@tocsin/connections';
import type { Config, Heartbeat, HeartbeatSign, Instant } from '@tocsin/contracts';
import type { EventLog, Transactions, Tx } from '@tocsin/event-log';
import {
  decideHeartbeat,
  type HeartbeatDecision,
  type HeartbeatInput,
  newHeartbeat,
  retireHeartbeat,
} from '@tocsin/rules';
import { heartbeatAlert } from './heartbeat-alert.js';
import type { HeartbeatStore, KeptHeartbeat } from './heartbeat.store.js';

/** Milliseconds without a note of anybody listening that count as the system having been away. */
const AWAY_AFTER = 30_000;

interface WatchParts {
  readonly transactions: Transactions;
  readonly eventLog: EventLog;
  readonly store: HeartbeatStore;
  readonly config: ConfigSource;
}

/** Heartbeats: hears signs, notices their absence, and tells routing, each in one transaction. */
export class WatchSilence {
  constructor(private readonly parts: WatchParts) {}

  /** The heartbeat of the config that is in force; undefined when it has none of this name, or it is switched off. */
  ruleOf(name: string): Heartbeat | undefined {
    return this.rules().get(name);
  }

  /** @returns undefined when the config watches no heartbeat of this name */
  async hear(tenant: string, name: string, sign: HeartbeatSign): Promise<HeartbeatDecision | undefined> {
    const rule = this.ruleOf(name);
    if (rule === undefined) return undefined;
    const { transactions, store } = this.parts;
    return transactions.run('hot', async (tx) => {
      const kept = (await store.lock(tx, tenant, name)) ?? (await this.first(tx, tenant, name, rule));
      return this.decide(tx, kept, { type: 'Heard', sign }, rule);
    });
  }

  /** Raises what is silent for too long. */
  async raiseDue(): Promise<void> {
    const rules = this.rules();
    if (rules.size === 0) return;
    const { transactions, store } = this.parts;
    await transactions.run('hot', async (tx) => {
      for (const kept of await store.claimDue(tx)) await this.actOn(tx, kept, { type: 'Woke' }, rules);
    });
  }

  /** Follows the config, notes that somebody listens, and excuses what fell due while nobody did. */
  async takeStock(): Promise<void> {
    const current = this.parts.config.current();
    if (current === undefined) return;
    const { transactions, store } = this.parts;
    const rules = this.rules();
    await transactions.run('cold', async (tx) => {
      const all = await store.lockAll(tx);
      if (all.length === 0 && rules.size === 0) return;
      const before = await store.noteListening(tx);
      const now = await store.now(tx);
      if (before !== undefined && now - before > AWAY_AFTER)
        for (const kept of all) await this.actOn(tx, kept, { type: 'WasAway', since: before }, rules);
      await this.followConfig(tx, current.config.tenant, rules, all);
    });
  }

  private rules(): ReadonlyMap<string, Heartbeat> {
    const config = this.parts.config.current()?.config;
    return config === undefined ? new Map<string, Heartbeat>() : watched(config);
  }

  private async actOn(
    tx: Tx,
    kept: KeptHeartbeat,
    input: HeartbeatInput,
    rules: ReadonlyMap<string, Heartbeat>,
  ): Promise<void> {
    const rule = rules.get(kept.name);
    if (rule !== undefined) await this.decide(tx, kept, input, rule);
  }

  /** Rows for what the config has anew; what it no longer has is forgotten, and its alert cleared. */
  private async followConfig(
    tx: Tx,
    tenant: string,
    rules: ReadonlyMap<string, Heartbeat>,
    all: readonly KeptHeartbeat[],
  ): Promise<void> {
    const known = new Set(all.map(({ name }) => name));
    for (const [name, rule] of rules) if (!known.has(name)) await this.first(tx, tenant, name, rule);
    for (const kept of all.filter(({ name }) => !rules.has(name))) {
      const effect = retireHeartbeat(kept.state);
      if (effect !== undefined)
        await this.parts.eventLog.append(tx, [
          heartbeatAlert({ ...kept, rule: undefined }, effect, kept.now),
        ]);
      await this.parts.store.remove(tx, kept.tenant, kept.name);
    }
  }

  private async first(tx: Tx, tenant: string, name: string, rule: Heartbeat): Promise<KeptHeartbeat> {
    const { store } = this.parts;
    const now: Instant = await store.now(tx);
    const state = newHeartbeat(rule, now);
    await store.save(tx, tenant, name, state);
    return { tenant, name, state, now };
  }

  private async decide(
    tx: Tx,
    { tenant, name, state, now }: KeptHeartbeat,
    input: HeartbeatInput,
    rule: Heartbeat,
  ): Promise<HeartbeatDecision> {
    const decision = decideHeartbeat(state, input, rule, now);
    if (decision.state !== state) await this.parts.store.save(tx, tenant, name, decision.state);
    if (decision.effect !== undefined)
      await this.parts.eventLog.append(tx, [heartbeatAlert({ tenant, name, rule }, decision.effect, now)]);
    return decision;
  }
}

const watched = ({ heartbeats }: Config): ReadonlyMap<string, Heartbeat> =>
  new Map(Object.entries(heartbeats).filter(([, { enabled }]) => enabled));
