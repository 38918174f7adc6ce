import { Pool } from 'undici';

/** A replica that refused a connection, broke off or kept silent is tried last for this long. */
const REST_MS = 1000;
const CONNECT_TIMEOUT_MS = 1000;
/** Until the first byte of an answer; intake's slowest answer, a full batch, stays far below it. */
const HEADERS_TIMEOUT_MS = 20_000;
/** Between two bytes of an answer. */
const BODY_TIMEOUT_MS = 60_000;
/** Connections per replica; more requests wait here, in order. */
const CONNECTIONS = 128;

export interface Replica {
  readonly url: string;
  readonly pool: Pool;
  restsUntil: number;
}

/** The replicas of one service, in turn; those that could not be reached a moment ago come last. */
export class Replicas {
  private readonly replicas: readonly Replica[];
  private next = 0;

  /** @param now milliseconds of a monotonic clock */
  constructor(
    urls: readonly string[],
    private readonly now: () => number = () => performance.now(),
  ) {
    this.replicas = urls.map((url) => ({
      url,
      restsUntil: 0,
      pool: new Pool(new URL(url).origin, {
        connections: CONNECTIONS,
        connect: { timeout: CONNECT_TIMEOUT_MS },
        headersTimeout: HEADERS_TIMEOUT_MS,
        bodyTimeout: BODY_TIMEOUT_MS,
        keepAliveTimeout: 30_000,
      }),
    }));
  }

  /** Every replica once, in the order in which to try them. */
  inTurn(): Replica[] {
    const from = this.next;
    this.next = (this.next + 1) % Math.max(this.replicas.length, 1);
    const order = [...this.replicas.slice(from), ...this.replicas.slice(0, from)];
    const now = this.now();
    return [...order.filter((one) => one.restsUntil <= now), ...order.filter((one) => one.restsUntil > now)];
  }

  rest(replica: Replica): void {
    replica.restsUntil = this.now() + REST_MS;
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map(({ pool }) => pool.close()));
  }
}
