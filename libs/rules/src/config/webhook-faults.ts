import { type Config, OUTGOING_TEXTS } from '@tocsin/contracts';
import { compileCaseCondition } from '../conditions/case-condition.js';
import { caseConditionFault } from './case-condition-fault.js';
import type { ConfigFault } from './config-fault.js';
import { faultAt } from './faults.js';

type Place = readonly (string | number)[];

/** Outgoing webhooks that could not do what they say. */
export const webhookFaults = ({ webhooks }: Config): ConfigFault[] =>
  Object.entries(webhooks).flatMap(([name, { url, when }]) => [
    ...urlFaults(url, ['webhooks', name, 'url']),
    ...whenFaults(when, ['webhooks', name, 'when']),
  ]);

function urlFaults(url: string, place: Place): ConfigFault[] {
  const { username, password } = new URL(url);
  return username === '' && password === '' ? [] : [faultAt(place, OUTGOING_TEXTS.urlHoldsPassword)];
}

function whenFaults(when: string | undefined, place: Place): ConfigFault[] {
  if (when === undefined) return [];
  const compiled = compileCaseCondition(when);
  if (!compiled.ok) return [caseConditionFault(compiled.fault, place)];
  return compiled.readsNow ? [faultAt(place, OUTGOING_TEXTS.whenNow)] : [];
}
