import type { Config } from '@tocsin/contracts';
import { own } from '../../own.js';
import { methodsOf } from '../../paging/plan-attempts.js';

/** No contact method leads to this person. */
export function isMute(config: Config, person: string): boolean {
  const found = own(config.people, person);
  return found === undefined || methodsOf(found).length === 0;
}

/** The targets of a skipped step that led to nobody. */
export const emptyIn = ({ targets }: Readonly<Record<string, unknown>>): readonly string[] =>
  Array.isArray(targets) ? targets.filter((target) => typeof target === 'string') : [];
