import type { Transactions } from '@tocsin/event-log';
import { type Loop, Repeated } from '@tocsin/runtime';
import type { Logger } from 'pino';
import { LEASE_SECONDS } from '../ledger/attempt.js';
import type { StoppedEpochs } from '../ledger/stopped-epochs.js';
import { readStopped, renewLeases } from './claim.store.js';
import type { Dispatcher } from './dispatcher.js';

interface LeaseKeeperParts {
  readonly db: Transactions;
  readonly dispatcher: Dispatcher;
  readonly stopped: StoppedEpochs;
  readonly token: string;
  readonly monotonic: () => number;
  readonly log: Logger;
}

/** Also the longest time for which a waiting attempt may miss a stop that another process committed (S7 allows 1 s). */
const RENEW_MS = 500;

/** A lease that ends within this is renewed: room for several attempts to do so. */
const RENEW_WITHIN_MS = 2_500;

/** Renews the leases of what is in hand, and learns of stops that other processes have committed. */
export class LeaseKeeper implements Loop {
  readonly name = 'renew leases';
  private readonly renewals = new Repeated(RENEW_MS, () => this.renew());

  constructor(private readonly parts: LeaseKeeperParts) {}

  start(): Promise<void> {
    return this.renewals.start();
  }

  stop(): Promise<void> {
    return this.renewals.stop();
  }

  private async renew(): Promise<void> {
    const { db, dispatcher, stopped, token, monotonic, log } = this.parts;
    const held = dispatcher.held();
    if (held.length === 0) return;
    // An ordinary page is over long before its lease: only what takes longer costs a write.
    const ending = held.filter(({ lease }) => lease.heldUntil < monotonic() + RENEW_WITHIN_MS);
    const heldUntil = monotonic() + LEASE_SECONDS * 1000;
    try {
      for (const epoch of await readStopped(
        db,
        held.map(({ attempt }) => attempt),
      ))
        stopped.add(epoch);
      const renewed = new Set(
        await renewLeases(
          db,
          ending.map(({ attempt }) => attempt),
          token,
        ),
      );
      ending.forEach(({ lease }, n) => {
        lease.heldUntil = renewed.has(n) ? heldUntil : 0;
      });
    } catch (err) {
      log.warn({ err, held: held.length }, 'could not renew leases');
    }
  }
}
