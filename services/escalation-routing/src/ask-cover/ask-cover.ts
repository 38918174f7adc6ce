import {
  type AnsweredCover,
  type Config,
  type Instant,
  instantOf,
  type NewCoverRequest,
} from '@tocsin/contracts';
import type { Transactions, Tx } from '@tocsin/event-log';
import {
  answerCover,
  type ChangeBook,
  changeBook,
  type CoverAnswer,
  type CoverRefusal,
  type CoverRequest,
  eligibleForCover,
  holdingOf,
  knownAt,
} from '@tocsin/rules';
import { changeFaults } from '../change-shifts/change-faults.js';
import { shiftDifferences } from '../change-shifts/shift-differences.js';
import { randomId } from '../random-id.js';
import type { ShiftChangeStore, UnrecordedChange } from '../shift-change.store.js';
import { askFaults, type CoverFault } from './ask-faults.js';
import { coverNotices } from './cover-notices.js';
import type { CoverRequestStore } from './cover-request.store.js';
import { coverView } from './cover-view.js';
import type { ShiftNoticeStore } from './shift-notice.store.js';

/** Who asks or answers. */
export interface CoverCaller {
  readonly tenant: string;
  readonly by: string;
  /** Set when the caller may speak for one person only. */
  readonly only?: string | undefined;
}

export type CoverResult =
  | { readonly ok: true; readonly value: AnsweredCover }
  | { readonly ok: false; readonly refused: CoverRefused };

export type CoverRefused =
  | { readonly reason: 'faults'; readonly faults: readonly CoverFault[] }
  | { readonly reason: 'unknown-request' | 'not-yours' | 'who-answers' }
  | { readonly reason: CoverRefusal; readonly coveredBy?: string | undefined };

interface CoverParts {
  readonly transactions: Transactions;
  readonly requests: CoverRequestStore;
  readonly notices: ShiftNoticeStore;
  readonly changes: ShiftChangeStore;
  readonly config: () => Config;
}

const refuse = (refused: CoverRefused): CoverResult => ({ ok: false, refused });

/** Asks for cover of a stretch of a turn, and takes the answers: the first who accepts has it, by an override. */
export class AskCover {
  constructor(private readonly parts: CoverParts) {}

  ask(body: NewCoverRequest, { tenant, by, only }: CoverCaller): Promise<CoverResult> {
    const config = this.parts.config();
    return this.parts.transactions.run('cold', async (tx) => {
      if (only !== undefined && only !== body.person) return refuse({ reason: 'not-yours' });
      const { requests, notices } = this.parts;
      const now = await requests.now(tx);
      const from = instantOf(body.from);
      const { schedule, role, person, reason } = body;
      const request: CoverRequest = {
        ...{ id: randomId('cov'), schedule, role, person, from, until: instantOf(body.until) },
        ...(reason === undefined ? {} : { reason }),
        ...{ askedAt: now, askedBy: by, answers: [] },
        expiresAt: body.expires === undefined ? from : instantOf(body.expires),
      };
      const book = await this.bookAround(tx, tenant, request);
      const faults = askFaults(request, { config, book, now });
      if (faults.length > 0) return refuse({ reason: 'faults', faults });
      const eligible = eligibleForCover(config, book, request);
      await requests.add(tx, tenant, request);
      await notices.tell(tx, tenant, coverNotices('cover-asked', request, eligible));
      return shown(request, now, eligible);
    });
  }

  answer(
    id: string,
    { answer, person: named }: Pick<CoverAnswer, 'answer'> & { readonly person?: string | undefined },
    { tenant, by, only }: CoverCaller,
  ): Promise<CoverResult> {
    const config = this.parts.config();
    const person = named ?? by;
    return this.parts.transactions.run('cold', async (tx) => {
      if (only !== undefined && only !== person) return refuse({ reason: 'not-yours' });
      if (!Object.hasOwn(config.people, person)) return refuse({ reason: 'who-answers' });
      const { requests } = this.parts;
      // Accepting changes shifts: what it is judged by must stand still, as for every such change.
      if (answer === 'accepted') await this.parts.changes.lock(tx, tenant);
      const request = await requests.lock(tx, tenant, id);
      if (request === undefined) return refuse({ reason: 'unknown-request' });
      const now = await requests.now(tx);
      const book = await this.bookAround(tx, tenant, request);
      const eligible = eligibleForCover(config, book, request);
      const holding = holdingOf(config, book, request);
      const decision = answerCover(request, { person, answer, by }, { now, eligible, holding });
      if (!decision.ok) return refuse({ reason: decision.reason, coveredBy: coveredBy(request) });
      if (decision.answer === undefined) return shown(request, now, eligible);
      const answered = { ...request, answers: [...request.answers, decision.answer] };
      if (answer === 'accepted')
        return this.cover(tx, { tenant, by, now, config, person, request: answered });
      await requests.keep(tx, tenant, answered);
      return shown(answered, now, eligible);
    });
  }

  cancel(id: string, { tenant, by, only }: CoverCaller): Promise<CoverResult> {
    return this.parts.transactions.run('cold', async (tx) => {
      const { requests } = this.parts;
      const request = await requests.lock(tx, tenant, id);
      if (request === undefined) return refuse({ reason: 'unknown-request' });
      if (only !== undefined && only !== request.person) return refuse({ reason: 'not-yours' });
      const now = await requests.now(tx);
      const taken = coveredBy(request);
      if (taken !== undefined) return refuse({ reason: 'already-covered', coveredBy: taken });
      const cancelled =
        request.cancelledAt === undefined ? { ...request, cancelledAt: now, cancelledBy: by } : request;
      await requests.keep(tx, tenant, cancelled);
      return shown(cancelled, now, []);
    });
  }

  /** The override, the request that says so and the notice: all or none. */
  private async cover(tx: Tx, { tenant, by, now, config, person, request }: Covering): Promise<CoverResult> {
    const { changes, requests, notices } = this.parts;
    const others = knownAt(await changes.touching(tx, tenant, request));
    const change = overrideFor(
      request,
      person,
      holdingOf(config, changeBook(others), request) === 'by-layers',
    );
    const faults = changeFaults(change, config, changeBook(others));
    if (faults.length > 0) return refuse({ reason: 'outdated' });
    const recorded = await changes.record(tx, tenant, change, { id: randomId('chg'), by });
    const covered = { ...request, override: recorded.id };
    await requests.keep(tx, tenant, covered);
    await notices.tell(tx, tenant, coverNotices('cover-accepted', covered, [request.person]));
    const differences = shiftDifferences({ config, others, change: recorded, act: 'record' });
    return shown(covered, now, [], differences);
  }

  private async bookAround(tx: Tx, tenant: string, { from, until }: CoverRequest): Promise<ChangeBook> {
    return changeBook(await this.parts.changes.touching(tx, tenant, { from, until }));
  }
}

interface Covering {
  readonly tenant: string;
  readonly by: string;
  readonly now: Instant;
  readonly config: Config;
  readonly person: string;
  readonly request: CoverRequest;
}

const coveredBy = ({ answers }: CoverRequest): string | undefined =>
  answers.find(({ answer }) => answer === 'accepted')?.person;

/** Hours that the layers give follow the layers; hours of an earlier override are taken as they are. */
const overrideFor = (request: CoverRequest, person: string, byLayers: boolean): UnrecordedChange => ({
  kind: 'override',
  ...{ schedule: request.schedule, role: request.role, person, from: request.from, until: request.until },
  ...(byLayers ? { replaces: request.person } : {}),
  ...(request.reason === undefined ? {} : { reason: request.reason }),
  cover: request.id,
});

const shown = (
  request: CoverRequest,
  now: Instant,
  eligible: readonly string[],
  differences: Pick<AnsweredCover, 'differences' | 'hours'> = { differences: [], hours: [] },
): CoverResult => ({ ok: true, value: { request: coverView(request, { now, eligible }), ...differences } });
