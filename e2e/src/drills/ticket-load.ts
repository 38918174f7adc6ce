import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '@tocsin/test-rig';
import { DEMO } from '../system/api.js';
import type { History } from './history-file.js';

export interface LoadShape {
  readonly tickets: number;
  /** Seconds over which they are created. */
  readonly seconds: number;
  /** Shares, 0 to 1. */
  readonly acknowledged: number;
  readonly resolved: number;
  readonly duplicated: number;
  readonly late: number;
  /** P1 and P2; the rest is P3, P4, and one in five P5. */
  readonly urgent: number;
}

/** Load L of the drills, scaled: one in ten urgent, one in five acknowledged, one in ten resolved. */
export const LOAD: LoadShape = {
  tickets: 300,
  seconds: 20,
  acknowledged: 0.2,
  resolved: 0.1,
  duplicated: 0.05,
  late: 0.05,
  urgent: 0.1,
};

/** How long a sender keeps trying before it gives up; longer than any fault of a drill. */
const KEEP_TRYING_MS = 90_000;
const TRY_LIMIT_MS = 5_000;

interface Planned {
  readonly at: number;
  readonly body: Record<string, unknown>;
  readonly ticket: string;
  readonly pri: string;
}

/** Posts tickets like an upstream that retries under the same id until it is answered 2xx, and writes every try down. */
export class TicketLoad {
  private op = 0;

  constructor(
    private readonly url: string,
    private readonly history: History,
    private readonly shape: LoadShape,
    private readonly seed: number,
  ) {}

  async run(): Promise<void> {
    const start = Date.now();
    await Promise.all(
      this.plan().map(async (planned) => {
        await sleep(Math.max(0, start + planned.at - Date.now()));
        await this.sendUntilTaken(planned);
      }),
    );
  }

  /** One event, until it is taken. */
  async sendUntilTaken({ body, ticket, pri }: Omit<Planned, 'at'>): Promise<void> {
    const until = Date.now() + KEEP_TRYING_MS;
    for (let wait = 100; Date.now() < until; wait = Math.min(2 * wait, 2_000)) {
      if (await this.tryOnce(body, ticket, pri)) return;
      await sleep(wait);
    }
  }

  private async tryOnce(body: Record<string, unknown>, ticket: string, pri: string): Promise<boolean> {
    this.op += 1;
    const { op } = this;
    const resolves = body['type'] === 'ticket.resolved';
    this.history.note({
      t: Date.now(),
      ev: 'send.invoke',
      op,
      eventId: String(body['id']),
      ticket,
      pri,
      resolves,
    });
    try {
      const answer = await fetch(`${this.url}/v1/sources/demo/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${DEMO.sourceKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TRY_LIMIT_MS),
      });
      await answer.arrayBuffer();
      this.history.note({ t: Date.now(), ev: answer.ok ? 'send.ok' : 'send.fail', op });
      return answer.ok;
    } catch {
      // Nobody knows whether it was taken: the next try under the same id finds out.
      this.history.note({ t: Date.now(), ev: 'send.info', op });
      return false;
    }
  }

  private plan(): Planned[] {
    const random = seeded(this.seed);
    const planned: Planned[] = [];
    const spacing = (this.shape.seconds * 1_000) / this.shape.tickets;
    for (let n = 0; n < this.shape.tickets; n += 1) {
      const ticket = `D-${this.seed}-${n}`;
      const [severity, pri] = severityOf(random(), this.shape.urgent);
      const at = n * spacing;
      const common = { key: ticket, subject: `Drill ticket ${ticket}`, severity };
      const created = { ...common, id: `${ticket}-created`, type: 'ticket.created', version: 1 };
      const isLate = random() < this.shape.late;
      planned.push({ at: isLate ? at + 400 : at, body: created, ticket, pri });
      // Out of order: the comment of version 2 comes before the creation of version 1.
      if (isLate)
        planned.push({
          at,
          body: { ...common, id: `${ticket}-comment`, type: 'ticket.commented', version: 2 },
          ticket,
          pri,
        });
      if (random() < this.shape.duplicated) planned.push({ at: at + 300, body: created, ticket, pri });
      if (random() < this.shape.resolved)
        planned.push({
          at: at + 500 + random() * 15_000,
          body: { ...common, id: `${ticket}-resolved`, type: 'ticket.resolved', version: 9 },
          ticket,
          pri,
        });
    }
    return planned;
  }
}

function severityOf(luck: number, urgent: number): readonly [string, string] {
  if (luck < urgent) return luck < urgent / 2 ? ['critical', 'P1'] : ['high', 'P2'];
  const rest = (luck - urgent) / (1 - urgent);
  if (rest < 0.5) return ['medium', 'P3'];
  return rest < 0.8 ? ['low', 'P4'] : ['info', 'P5'];
}
