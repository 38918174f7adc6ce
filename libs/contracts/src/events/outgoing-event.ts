import { CASE_EVENT_TYPES, type CaseEvent } from './case-event.js';
import { MaintenanceEvent } from './maintenance-event.js';

const PAGE_TYPES = {
  AttemptRecorded: 'page.attempt_recorded',
  PageUnreachable: 'page.unreachable',
} as const satisfies Partial<Record<CaseEvent['type'], string>>;

const snake = (name: string): string =>
  name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/**
 * What an event is called outside: `CaseOpened` is `case.opened`, `StepStarted` is `case.step_started`,
 * `MaintenanceEnded` is `maintenance.ended`.
 */
export function outgoingTypeOf(type: CaseEvent['type'] | MaintenanceEvent['type']): string {
  if (Object.hasOwn(PAGE_TYPES, type)) return PAGE_TYPES[type as keyof typeof PAGE_TYPES];
  const [, family = 'Case', rest = type] = /^(Case|Maintenance)(.+)$/.exec(type) ?? [];
  return `${family.toLowerCase()}.${snake(rest)}`;
}

/** Every type that an outgoing webhook may ask for. */
export const OUTGOING_TYPES: readonly string[] = [
  ...CASE_EVENT_TYPES,
  ...MaintenanceEvent.options.map(({ shape }) => shape.type.value),
].map(outgoingTypeOf);

/** All types of one family. */
export const OUTGOING_FAMILIES: readonly string[] = ['case.*', 'page.*', 'maintenance.*'];

/** What `POST …/test` sends; every endpoint takes it. */
export const TEST_TYPE = 'webhook.test';
