import { Band, type Config, LINT_TEXTS, type Priority, rankOf } from '@tocsin/contracts';
import type { ConfigFault } from '../config/config-fault.js';
import { warningAt } from '../config/faults.js';
import { filled } from '../texts-of.js';
import { candidatesOf } from './candidates.js';
import { durationWords } from './duration-words.js';

/** Personal rules that can never run, and steps of them that always come after the policy has gone on. */
export function personalRules(config: Config): ConfigFault[] {
  const waits = longestWaits(config);
  return Object.entries(config.people).flatMap(([name, { notify }]) => [
    ...bandsNeverRun(name, Object.keys(notify)),
    ...lateSteps(name, notify, waits.get(name)),
  ]);
}

function bandsNeverRun(name: string, bands: readonly string[]): ConfigFault[] {
  return bands.flatMap((band, index) => {
    const place = ['people', name, 'notify', band];
    const priorities = prioritiesOf(band);
    if (priorities.length === 0) return [warningAt(place, filled(LINT_TEXTS.bandEmpty, { band }))];
    const earlier = bands.slice(0, index);
    const taken = priorities.every((p) => earlier.some((other) => prioritiesOf(other).includes(p)));
    const facts = { band, earlier: earlier.join(', ') };
    return taken ? [warningAt(place, filled(LINT_TEXTS.bandTaken, facts))] : [];
  });
}

const prioritiesOf = (band: string): readonly Priority[] => {
  const read = Band.safeParse(band);
  return read.success ? read.data : [];
};

type Waits = ReadonlyMap<Priority, number>;

function lateSteps(
  name: string,
  notify: Config['people'][string]['notify'],
  waits: Waits = new Map<Priority, number>(),
): ConfigFault[] {
  return Object.entries(notify).flatMap(([band, steps]) => {
    const longest = Math.max(...prioritiesOf(band).map((priority) => waits.get(priority) ?? 0));
    if (longest <= 0) return [];
    return steps.flatMap(({ after = 0, via }, index) =>
      after < longest
        ? []
        : [
            warningAt(
              ['people', name, 'notify', band, index],
              filled(LINT_TEXTS.lateStep, {
                name,
                via: via.join(', '),
                after: durationWords(after),
                wait: durationWords(longest),
              }),
            ),
          ],
    );
  });
}

/** For each person and priority the longest wait of any step that may page them, in seconds. */
function longestWaits(config: Config): Map<string, Map<Priority, number>> {
  const found = new Map<string, Map<Priority, number>>();
  for (const [policy, { steps, escalates }] of Object.entries(config.policies)) {
    const escalating = prioritiesOf(`P1-P${Math.max(...escalates.map(rankOf))}`);
    for (const { page, wait } of steps) {
      for (const person of candidatesOf(page, policy, config)) {
        const waits = found.get(person) ?? new Map<Priority, number>();
        found.set(person, longer(waits, escalating, wait));
      }
    }
  }
  return found;
}

const longer = (waits: Waits, priorities: readonly Priority[], wait: number): Map<Priority, number> =>
  new Map([...waits, ...priorities.map((p): [Priority, number] => [p, Math.max(wait, waits.get(p) ?? 0)])]);
