import type { CaseState, Priority, Target, Texts } from '@tocsin/contracts';
import { parseCaseId, rankOf } from '@tocsin/contracts';
import {
  type CaseGroup,
  type EscalationCase,
  reweighAt,
  type TicketCounts,
  wakeAtOf,
  type Weighing,
} from '@tocsin/rules';
import { millis } from './json-rows.js';
import type { SpeakingCase } from './parent.store.js';
import type { Resolving, RoutedCase } from './routed-case.js';

/** A case and its escalation as the statements of `case.store.ts` select them. */
export interface CaseRow {
  readonly id: string;
  readonly tenant: string;
  readonly source: string;
  readonly ticket_key: string;
  readonly state: string;
  readonly priority: string;
  readonly because: string;
  readonly weighing: string | null;
  readonly subject: string;
  readonly category: string | null;
  readonly market: string | null;
  readonly language: string | null;
  readonly sensitivity: string;
  readonly service: string | null;
  readonly status: string | null;
  readonly link: string | null;
  readonly policy: string | null;
  readonly no_escalation: string | null;
  readonly targets: string | null;
  readonly revision: number;
  readonly events: number;
  readonly version: number;
  readonly opened_at: number;
  readonly acknowledged_at: number | null;
  readonly acknowledged_by: string | null;
  readonly resolved_at: number | null;
  readonly resolving: string | null;
  readonly close_at: number | null;
  readonly grouping: string | null;
  readonly gathered: string | null;
  readonly joined_into: string | null;
  readonly resolution: string | null;
  readonly filed: string | null;
  readonly escalation: string;
  readonly fence: string;
}

/** Columns of `case_record c` and `escalation e` that make a `CaseRow`. */
export const CASE_COLUMNS = `c.id::text AS id, c.tenant, c.source, c.ticket_key, c.state, c.priority, c.because, c.weighing, c.subject,
  c.category, c.market, c.language, c.sensitivity, c.service, c.status, c.link, c.policy, c.no_escalation, c.targets,
  c.revision, c.events, c.version, ${millis('c.opened_at')} AS opened_at, ${millis('c.acknowledged_at')} AS acknowledged_at,
  c.acknowledged_by, ${millis('c.resolved_at')} AS resolved_at, c.resolving, c.resolution, ${millis('c.close_at')} AS close_at, c.grouping,
  c.gathered, c.filed, c.joined_into::text AS joined_into, e.state AS escalation, e.fence::text AS fence`;

type Present<T> = { readonly [K in keyof T]: Exclude<T[K], null> };

/** Leaves out what is null: absent is absent in the domain. */
function present<T extends object>(row: T): Partial<Present<T>> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Partial<Present<T>>;
}

export function caseOf(row: CaseRow): RoutedCase {
  return {
    id: BigInt(row.id),
    tenant: row.tenant,
    source: row.source,
    ticketKey: row.ticket_key,
    state: row.state as CaseState,
    priority: row.priority as Priority,
    because: JSON.parse(row.because) as Texts,
    ...(row.weighing === null ? {} : { weighing: JSON.parse(row.weighing) as Weighing }),
    subject: row.subject,
    sensitivity: row.sensitivity as RoutedCase['sensitivity'],
    ...(row.grouping === null ? {} : { group: JSON.parse(row.grouping) as CaseGroup }),
    ...(row.gathered === null ? {} : { gathered: JSON.parse(row.gathered) as TicketCounts }),
    ...(row.joined_into === null ? {} : { joinedInto: BigInt(row.joined_into) }),
    ...(row.targets === null ? {} : { targets: JSON.parse(row.targets) as Target[] }),
    ...(row.resolving === null ? {} : { resolving: JSON.parse(row.resolving) as Resolving }),
    ...(row.resolution === null
      ? {}
      : { resolution: JSON.parse(row.resolution) as NonNullable<RoutedCase['resolution']> }),
    ...(row.filed === null ? {} : { filed: JSON.parse(row.filed) as NonNullable<RoutedCase['filed']> }),
    revision: row.revision,
    events: row.events,
    version: row.version,
    openedAt: row.opened_at,
    escalation: JSON.parse(row.escalation) as EscalationCase,
    fence: Number(row.fence),
    ...present({ category: row.category, market: row.market, language: row.language, service: row.service }),
    ...present({ status: row.status, link: row.link, policy: row.policy, noEscalation: row.no_escalation }),
    ...present({
      acknowledgedAt: row.acknowledged_at,
      acknowledgedBy: row.acknowledged_by,
      resolvedAt: row.resolved_at,
      closeAt: row.close_at,
    }),
  };
}

/** The case that this one is quiet for. */
export function parentOf({ escalation }: RoutedCase): bigint | undefined {
  if (escalation.status !== 'suppressed' || escalation.by.kind !== 'parent') return undefined;
  return parseCaseId(escalation.by.id ?? '');
}

const SILENT: readonly EscalationCase['status'][] = ['none', 'resolved', 'cancelled'];

/** Whether others may be quiet for a case: somebody is or was paged for it, and it has not closed or become part of another. */
export const speakingOf = ({ id, priority, escalation: { status } }: RoutedCase): SpeakingCase => ({
  parent: id,
  urgency: SILENT.includes(status) ? undefined : rankOf(priority),
});

/** The members of a `SAVED_COLUMNS` record; escalation columns beside its JSON are for queries and indexes only. */
export const rowOf = (c: RoutedCase): object => ({
  id: c.id,
  tenant: c.tenant,
  source: c.source,
  ticket_key: c.ticketKey,
  case_state: c.state,
  priority: c.priority,
  urgency: rankOf(c.priority),
  because: JSON.stringify(c.because),
  weighing: JSON.stringify(c.weighing),
  reweigh:
    c.weighing === undefined || c.state === 'resolved' || c.state === 'merged'
      ? undefined
      : reweighAt(c.weighing),
  subject: c.subject,
  category: c.category,
  market: c.market,
  language: c.language,
  sensitivity: c.sensitivity,
  service: c.service,
  ticket_status: c.status,
  link: c.link,
  policy: c.policy,
  no_escalation: c.noEscalation,
  targets: JSON.stringify(c.targets),
  revision: c.revision,
  events: c.events,
  version: c.version,
  opened: c.openedAt,
  acknowledged: c.acknowledgedAt,
  acknowledged_by: c.acknowledgedBy,
  resolved: c.resolvedAt,
  resolving: JSON.stringify(c.resolving),
  close: c.closeAt,
  group_key: c.group?.key,
  grouping: JSON.stringify(c.group),
  gathered: JSON.stringify(c.gathered),
  joined_into: c.joinedInto,
  calm: c.group?.flapping?.calmAt,
  resolution: JSON.stringify(c.resolution),
  status: c.escalation.status,
  epoch: c.escalation.epoch,
  round: c.escalation.round,
  step: c.escalation.step,
  wake: wakeAtOf(c.escalation),
  parent: parentOf(c),
  fence: c.fence,
  escalation: JSON.stringify(c.escalation),
});

export const SAVED_COLUMNS = `id bigint, tenant text, source text, ticket_key text, case_state text, priority text,
  urgency smallint, because text, weighing text, reweigh float8, subject text, category text, market text, language text, sensitivity text, service text,
  ticket_status text, link text, policy text, no_escalation text, targets text, revision int, events int, version int,
  opened float8, acknowledged float8, acknowledged_by text, resolved float8, resolving text, resolution text, close float8, group_key text,
  grouping text, gathered text, joined_into bigint, calm float8, status text, epoch int, round int, step int,
  wake float8, parent bigint, fence bigint, escalation text`;
