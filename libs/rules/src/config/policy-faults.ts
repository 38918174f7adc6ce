import { CONFIG_TEXTS, type Policy, type PolicyStep, PRIORITIES } from '@tocsin/contracts';
import { compileCaseCondition } from '../conditions/case-condition.js';
import { filled } from '../texts-of.js';
import { caseConditionFault } from './case-condition-fault.js';
import type { ConfigFault } from './config-fault.js';
import { faultAt } from './faults.js';

type Place = readonly (string | number)[];

/** Steps whose condition does not type-check, looks at no zone's clock, or leads nowhere. */
export const conditionedStepFaults = (name: string, { steps }: Policy): ConfigFault[] =>
  steps.flatMap((step, i) => {
    const place = ['policies', name, 'steps', i];
    return [...whenFaults(step, place), ...otherwiseFaults(step, steps.slice(i + 1), place)];
  });

function whenFaults({ when, timeZone }: PolicyStep, place: Place): ConfigFault[] {
  if (when === undefined) return [];
  const compiled = compileCaseCondition(when);
  if (!compiled.ok) return [caseConditionFault(compiled.fault, [...place, 'when'])];
  return compiled.readsNow && timeZone === undefined
    ? [faultAt([...place, 'when'], CONFIG_TEXTS.nowNeedsZone)]
    : [];
}

/** Only forward: the places of an epoch never repeat (S4), so there can be no cycle either. */
function otherwiseFaults(
  { when, otherwise }: PolicyStep,
  later: readonly PolicyStep[],
  place: Place,
): ConfigFault[] {
  if (otherwise === undefined) return [];
  if (when === undefined) return [faultAt([...place, 'otherwise'], CONFIG_TEXTS.otherwiseAlone)];
  if (typeof otherwise === 'string' || later.some((step) => step.name === otherwise.goTo)) return [];
  const texts = filled(CONFIG_TEXTS.goToLater, { name: otherwise.goTo });
  return [faultAt([...place, 'otherwise', 'go-to'], texts)];
}

/** Times of an acknowledgement that could never do what they say. */
export const acknowledgedFaults = (name: string, { acknowledged, steps }: Policy): ConfigFault[] =>
  PRIORITIES.flatMap((priority) => {
    const { remind, reopen, restart } = acknowledged[priority] ?? {};
    const place = ['policies', name, 'acknowledged', priority];
    const late = remind !== undefined && reopen !== undefined && remind >= reopen;
    const unknown = restart !== undefined && !steps.some((step) => step.name === restart);
    return [
      ...(late
        ? [faultAt([...place, 'remind'], filled(CONFIG_TEXTS.remindTooLate, { remind, reopen }))]
        : []),
      ...(restart !== undefined && reopen === undefined
        ? [faultAt([...place, 'restart'], CONFIG_TEXTS.restartAlone)]
        : []),
      ...(unknown
        ? [faultAt([...place, 'restart'], filled(CONFIG_TEXTS.restartStep, { name: restart }))]
        : []),
    ];
  });

/** A round robin whose step is not there, or runs another policy, which has its own. */
export function roundRobinFaults(name: string, { 'round-robin': rule, steps }: Policy): ConfigFault[] {
  if (rule === undefined) return [];
  const pages = steps.some(
    (step) => step.name === rule.step && step.page.every(({ kind }) => kind !== 'policy'),
  );
  const texts = filled(CONFIG_TEXTS.turnStep, { name: rule.step });
  return pages ? [] : [faultAt(['policies', name, 'round-robin', 'step'], texts)];
}
