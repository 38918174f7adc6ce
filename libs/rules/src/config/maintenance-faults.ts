import {
  CONFIG_TEXTS,
  type Config,
  MAINTENANCE_TEXTS,
  type MaintenanceRule,
  type Texts,
} from '@tocsin/contracts';
import { compileCaseCondition } from '../conditions/case-condition.js';
import { windowOfRule } from '../quiet/config-windows.js';
import { spanFrom } from '../quiet/window-times.js';
import { filled } from '../texts-of.js';
import type { ConfigFault } from './config-fault.js';
import { doubleNames } from './escalation-faults.js';
import { faultAt } from './faults.js';

/** Windows that could not do what they say. */
export const maintenanceFaults = ({ maintenance }: Config): ConfigFault[] => [
  ...doubleNames(maintenance, ['maintenance']),
  ...maintenance.flatMap((rule, i) => [
    ...whenFaults(rule, ['maintenance', i, 'when']),
    ...(everHappens(rule) ? [] : [faultAt(['maintenance', i], MAINTENANCE_TEXTS.neverHappens)]),
  ]),
];

function whenFaults({ when }: MaintenanceRule, place: readonly (string | number)[]): ConfigFault[] {
  const texts = when === undefined ? undefined : conditionFault(when);
  return texts === undefined ? [] : [faultAt(place, texts)];
}

/** What is wrong with the condition of a window; undefined when nothing is. */
export function conditionFault(when: string): Texts | undefined {
  const compiled = compileCaseCondition(when);
  if (!compiled.ok) return filled(CONFIG_TEXTS.condition, { fault: compiled.fault });
  return compiled.readsNow ? MAINTENANCE_TEXTS.whenNow : undefined;
}

/** Without a last day there is always another week. */
function everHappens(rule: MaintenanceRule): boolean {
  if (rule.until === undefined || rule.since === undefined) return true;
  return spanFrom(windowOfRule(rule).times, Date.parse(rule.since) - DAY_AND_MORE) !== undefined;
}

/** No zone's clock is further from UTC. */
const DAY_AND_MORE = 2 * 86_400_000;
