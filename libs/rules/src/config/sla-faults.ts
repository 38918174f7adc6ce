import { CONFIG_TEXTS, type Config, type SlaPolicy, TICKET_STATUSES } from '@tocsin/contracts';
import { compileCaseCondition } from '../conditions/case-condition.js';
import { caseConditionFault } from './case-condition-fault.js';
import type { ConfigFault } from './config-fault.js';
import { doubleNames } from './escalation-faults.js';
import { dangling, faultAt } from './faults.js';
import type { Names } from './names.js';

type Place = readonly (string | number)[];

/** Calendars and SLA policies that name nothing, or whose conditions do not type-check. */
export const slaFaults = (config: Config, names: Names): ConfigFault[] => [
  ...tableFaults(config, names),
  ...doubleNames(config.sla, ['sla']),
  ...config.sla.flatMap((policy, i) => policyFaults(policy, ['sla', i], names)),
];

const tableFaults = ({ calendars }: Config, names: Names): ConfigFault[] =>
  Object.entries(calendars).flatMap(([name, { holidays }]) =>
    typeof holidays === 'string' && !names.holidays.includes(holidays)
      ? [dangling(['calendars', name, 'holidays'], 'holidays', holidays, names.holidays)]
      : [],
  );

function policyFaults(policy: SlaPolicy, place: Place, names: Names): ConfigFault[] {
  const { calendar, when } = policy;
  const known = names.calendar.includes(calendar);
  const statuses: readonly string[] = TICKET_STATUSES;
  return [
    ...(known ? [] : [dangling([...place, 'calendar'], 'calendar', calendar, names.calendar)]),
    ...policy['pause-in'].flatMap((status, i) =>
      statuses.includes(status)
        ? []
        : [dangling([...place, 'pause-in', i], 'ticketStatus', status, statuses)],
    ),
    ...whenFaults(when, [...place, 'when']),
  ];
}

/** A promise is made once, as the case opens: there is no clock to look at. */
function whenFaults(when: string, place: Place): ConfigFault[] {
  const compiled = compileCaseCondition(when);
  if (!compiled.ok) return [caseConditionFault(compiled.fault, place)];
  return compiled.readsNow ? [faultAt(place, CONFIG_TEXTS.promiseReadsNow)] : [];
}
