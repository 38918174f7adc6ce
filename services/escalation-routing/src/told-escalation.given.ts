/**
 * What the policy of the rig's tree promises for one ticket, told without the engine: the oracle of the model-based
 * spec. Times are seconds after the beginning of a history.
 */

/** [round, step, person, seconds until the next]; behind it the fallback, again and again. */
const LADDER = [
  [1, 0, 'ana', 120],
  [1, 1, 'bo', 180],
  [2, 0, 'ana', 120],
  [2, 1, 'bo', 180],
] as const;
const FALLBACK = 2;
const REMIND_EVERY = 900;
/** A double tap is one wish. */
const SAME_WISH_WITHIN = 10;

export interface ToldPage {
  readonly epoch: number;
  readonly round: number;
  readonly step: number;
  readonly person: string;
  readonly due: number;
}

type Standing = 'paging' | 'acknowledged' | 'resolved';

/** One case of the ticket. */
class ToldCase {
  standing: Standing = 'paging';
  epoch = 0;
  owner = '';
  readonly pages: ToldPage[] = [];
  private place = -1;
  private dueAt = 0;
  private escalatedAt = -Infinity;

  constructor(now: number) {
    this.startAgain(now);
  }

  startAgain(now: number): void {
    [this.standing, this.place, this.epoch] = ['paging', -1, this.epoch + 1];
    this.pageNext(now);
  }

  pageNext(now: number): void {
    this.place += 1;
    const [round, step, person, wait] = LADDER[this.place] ?? [
      ...[FALLBACK + this.place - LADDER.length, 2, 'dee', REMIND_EVERY],
    ];
    this.pages.push({ epoch: this.epoch, round, step, person, due: now } as ToldPage);
    this.dueAt = now + Number(wait);
  }

  wake(now: number): void {
    if (this.standing === 'paging' && now >= this.dueAt) this.pageNext(now);
  }

  /** @returns whether it is taken by this person now */
  acknowledge(by: string): boolean {
    if (this.standing === 'resolved') return false;
    if (this.standing === 'acknowledged') return this.owner === by;
    [this.standing, this.owner] = ['acknowledged', by];
    return true;
  }

  escalate(now: number): boolean {
    if (this.standing === 'resolved') return false;
    if (now < this.escalatedAt + SAME_WISH_WITHIN) return true;
    this.escalatedAt = now;
    if (this.standing === 'acknowledged') [this.standing, this.epoch] = ['paging', this.epoch + 1];
    this.pageNext(now);
    return true;
  }
}

/** All cases of one ticket; only the newest can change. */
export class ToldTicket {
  readonly cases: ToldCase[] = [];

  get newest(): ToldCase | undefined {
    return this.cases.at(-1);
  }

  raise(now: number): void {
    if (this.newest === undefined || this.newest.standing === 'resolved') this.cases.push(new ToldCase(now));
  }

  clear(): void {
    if (this.newest !== undefined) this.newest.standing = 'resolved';
  }

  /** Every page so far, by case. */
  pages(): readonly (readonly ToldPage[])[] {
    return this.cases.map(({ pages }) => pages);
  }
}
