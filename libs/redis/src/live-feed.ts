/**
 * Tells whoever is looking now, in any process; nobody who comes later gets it. For live views only: what matters
 * goes through the event log.
 */
export interface LiveFeed {
  /** Never throws; without a connection nobody hears it. */
  publish(channel: string, message: string): void;
  /** @returns the end of the subscription */
  subscribe(channel: string, hear: (message: string) => void): Promise<() => void>;
}
