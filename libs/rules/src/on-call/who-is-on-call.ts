import type { Instant, Schedule } from '@tocsin/contracts';
import { layerStart, turnAt } from './layer-shift.js';
import type { OnCallShift } from './on-call-shift.js';

/**
 * Who answers at an instant. The last layer that has begun wins; its first named person takes its first handover.
 *
 * @returns undefined before every layer begins: nobody
 */
export function whoIsOnCall(schedule: Schedule, at: Instant): OnCallShift | undefined {
  const { layers, timeZone } = schedule;
  for (let index = layers.length - 1; index >= 0; index -= 1) {
    const layer = layers[index];
    const turn = layer && turnAt(layer, timeZone, at);
    const person = turn && layer.people[turn.turn % layer.people.length];
    if (turn === undefined || person === undefined) continue;
    const cuts = layers.slice(index + 1).map((later) => layerStart(later, timeZone));
    return { person, layer: index + 1, from: turn.from, until: Math.min(turn.until, ...cuts) };
  }
  return undefined;
}
