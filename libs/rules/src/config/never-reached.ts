import { CONFIG_TEXTS, type PriorityRule } from '@tocsin/contracts';
import { compileCondition } from '../conditions/condition.js';
import { filled } from '../texts-of.js';
import type { ConfigFault } from './config-fault.js';
import { faultAt } from './faults.js';

/** The form of a condition that always holds. */
const ALWAYS = formOf('true');

/** Rules that can never match, because one above has the same condition (however it is spaced) or always matches. */
export function neverReached(rules: readonly PriorityRule[]): ConfigFault[] {
  const forms = rules.map(({ when }) => formOf(when));
  return rules.flatMap((_, i) => {
    const above = forms.slice(0, i);
    const first = above.findIndex((form) => form !== undefined && (form === ALWAYS || form === forms[i]));
    const earlier = rules[first]?.name;
    if (earlier === undefined) return [];
    return [faultAt(['priority', 'rules', i, 'when'], filled(CONFIG_TEXTS.neverReached, { earlier }))];
  });
}

/** @returns undefined for a condition that does not compile: it has a fault of its own */
function formOf(when: string): string | undefined {
  const compiled = compileCondition(when);
  return compiled.ok ? compiled.condition.form : undefined;
}
