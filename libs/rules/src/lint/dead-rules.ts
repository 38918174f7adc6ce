import { type Config, LINT_TEXTS, type RuleMode } from '@tocsin/contracts';
import { compileCondition } from '../conditions/condition.js';
import type { ConfigFault } from '../config/config-fault.js';
import { pointerOf, warningAt } from '../config/faults.js';
import { filled } from '../texts-of.js';
import { isLive } from '../watched/rule-mode.js';

type Place = readonly (string | number)[];

/** Rules of the ordered lists that can never match, because one above them always does. */
export const deadRules = ({ priority, routing, grouping }: Config): ConfigFault[] => [
  ...deadIn(priority.rules, ['priority', 'rules']),
  ...deadIn(routing, ['routing']),
  ...deadIn(grouping, ['grouping']),
];

function deadIn(
  rules: readonly { readonly when: string; readonly mode?: RuleMode | undefined }[],
  list: Place,
): ConfigFault[] {
  const firstWith = new Map<string, number>();
  let always: number | undefined;
  return rules.flatMap(({ when, mode }, index) => {
    const place = [...list, index];
    const form = formOf(when);
    const same = firstWith.get(form);
    const dead = (
      texts: (typeof LINT_TEXTS)['sameCondition'] | (typeof LINT_TEXTS)['afterAlways'],
      by: number,
    ) => [warningAt(place, filled(texts, { earlier: pointerOf([...list, by]) }))];
    if (always !== undefined) return dead(LINT_TEXTS.afterAlways, always);
    if (same !== undefined) return dead(LINT_TEXTS.sameCondition, same);
    // One that only watches lets every event pass to those below it.
    if (isLive({ mode })) firstWith.set(form, index);
    if (isLive({ mode }) && form === ALWAYS) always = index;
    return form === NEVER ? [warningAt(place, LINT_TEXTS.neverTrue)] : [];
  });
}

/** What an expression says, whatever its spaces, brackets and quotes; itself when it does not compile. */
function formOf(when: string): string {
  const compiled = compileCondition(when);
  return compiled.ok ? compiled.condition.form : when;
}

const ALWAYS = formOf('true');
const NEVER = formOf('false');
