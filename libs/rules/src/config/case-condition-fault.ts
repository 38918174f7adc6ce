import { CONFIG_TEXTS } from '@tocsin/contracts';
import { CASE_FIELD_NAMES } from '../conditions/case-condition.js';
import { filled } from '../texts-of.js';
import type { ConfigFault } from './config-fault.js';
import { dangling, faultAt } from './faults.js';

/** The checker names an unknown field of `case`; the nearest one is ours to say. */
export function caseConditionFault(fault: string, place: readonly (string | number)[]): ConfigFault {
  const unknown = /^No such key: (\w+)$/.exec(fault)?.[1];
  return unknown === undefined
    ? faultAt(place, filled(CONFIG_TEXTS.condition, { fault }))
    : dangling(place, 'caseField', unknown, CASE_FIELD_NAMES);
}
