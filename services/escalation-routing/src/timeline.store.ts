import { CaseEvent, caseIdText } from '@tocsin/contracts';
import type { Statement, Transactions, Tx } from '@tocsin/event-log';
import { PAGING_EVENTS, personsPaged } from '@tocsin/rules';
import { SCHEMA } from './escalation-routing.migration.js';
import type { RoutedCase } from './routed-case.js';

/** What outsiders are told of the case beside it is no part of the timeline. */
const TimelineRow = CaseEvent.omit({ case: true });

interface PayloadRow {
  readonly payload: string;
}

/** Reads the timelines of cases: the events of topic `cases` in the outbox, in the order in which they happened. */
export class TimelineStore {
  constructor(private readonly transactions: Transactions) {}

  async read(routed: Pick<RoutedCase, 'tenant' | 'id'>): Promise<CaseEvent[]> {
    const rows = await this.transactions.query<PayloadRow>('cold', timelineOf(routed));
    return rows.map(({ payload }) => TimelineRow.parse(JSON.parse(payload)));
  }

  /** Everyone who was paged in the present epoch of each case. */
  async pagedPersons(
    tx: Tx,
    cases: readonly Pick<RoutedCase, 'tenant' | 'id' | 'escalation'>[],
  ): Promise<ReadonlyMap<bigint, ReadonlySet<string>>> {
    if (cases.length === 0) return new Map();
    const rows = await tx.query<PayloadRow>(pagingOf(cases));
    const events = rows.map(({ payload }) => CaseEvent.parse(JSON.parse(payload)));
    const byCase = Map.groupBy(events, ({ caseId }) => caseId);
    return new Map(
      cases.map(({ id, escalation }) => {
        const told = byCase.get(caseIdText(id)) ?? [];
        return [id, new Set(told.filter(({ epoch }) => epoch === escalation.epoch).flatMap(personsPaged))];
      }),
    );
  }
}

const timelineOf = ({ tenant, id }: Pick<RoutedCase, 'tenant' | 'id'>): Statement => ({
  name: 'routing.timeline',
  text: `SELECT payload FROM ${SCHEMA}.outbox WHERE topic = 'cases' AND key = $1 ORDER BY batch, n`,
  values: [`${tenant}:${caseIdText(id)}`],
});

const pagingOf = (cases: readonly Pick<RoutedCase, 'tenant' | 'id'>[]): Statement => ({
  name: 'routing.paging-rows',
  text: `SELECT payload FROM ${SCHEMA}.outbox
    WHERE topic = 'cases' AND key = ANY ($1) AND type = ANY ($2)`,
  values: [cases.map(({ tenant, id }) => `${tenant}:${caseIdText(id)}`), PAGING_EVENTS],
});
