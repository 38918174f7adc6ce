import { CONFIG_TEXTS, type Config, type Layer, type LayerHours } from '@tocsin/contracts';
import { includes, patternOf, type WeekSpan } from '../on-call/week-pattern.js';
import type { ConfigFault } from './config-fault.js';
import { faultAt } from './faults.js';

/** Shifts by wall clock are at least this long: no zone's clock jumps further, so no two handovers fall together. */
const SHORTEST_WALL_CLOCK_SHIFT = 3 * 3600;

const WEEK = 7 * 86_400;

type Place = readonly (string | number)[];

const EVERY_HOUR: readonly LayerHours[] = [
  { days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'], from: 0, to: 0 },
];

/** Schedules that could not do what they say. */
export const scheduleFaults = ({ schedules }: Config): ConfigFault[] =>
  Object.entries(schedules).flatMap(([name, { layers }]) =>
    layersFaults(layers, ['schedules', name, 'layers']),
  );

/** What keeps layers from doing what they say, wherever they stand; `place` is where. */
export const layersFaults = (layers: readonly Layer[], place: Place): ConfigFault[] => [
  ...(layers.some(({ role }) => role === 'primary') ? [] : [faultAt(place, CONFIG_TEXTS.noPrimary)]),
  ...layers.flatMap((layer, i) => [
    ...rotationFaults(layer, [...place, i]),
    ...lengthFaults(layer, [...place, i]),
    ...hoursFaults(layer, [...place, i]),
    ...hiddenFaults(layers, i, [...place, i]),
  ]),
];

function rotationFaults({ people, every, handover, from }: Layer, place: Place): ConfigFault[] {
  if (every !== undefined && handover !== undefined && from !== undefined) return [];
  if (people.length > 1) return [faultAt(place, CONFIG_TEXTS.needsRotation)];
  return every === undefined && handover === undefined ? [] : [faultAt(place, CONFIG_TEXTS.halfRotation)];
}

const lengthFaults = ({ by, every = WEEK }: Layer, place: Place): ConfigFault[] =>
  by === 'wall-clock' && (every < SHORTEST_WALL_CLOCK_SHIFT || every % 3600 !== 0)
    ? [faultAt([...place, 'every'], CONFIG_TEXTS.wallClockLength)]
    : [];

function hoursFaults({ only, by, every = WEEK }: Layer, place: Place): ConfigFault[] {
  if (only === undefined) return [];
  const drifts = by === 'elapsed' && every % WEEK !== 0;
  const doubled = only.flatMap((hours, i) => {
    const others = only.filter((_, at) => at !== i && (at < i || !isSame(only[at], hours)));
    return others.length > 0 && includes(patternOf(others), patternOf([hours]))
      ? [faultAt([...place, 'only', i], CONFIG_TEXTS.hoursNeverOn)]
      : [];
  });
  return [...(drifts ? [faultAt([...place, 'by'], CONFIG_TEXTS.elapsedHours)] : []), ...doubled];
}

/** Of the same hours written twice only the second is too many. */
const isSame = (a: LayerHours | undefined, b: LayerHours): boolean =>
  a !== undefined && includes(patternOf([a]), patternOf([b])) && includes(patternOf([b]), patternOf([a]));

/** A layer is hidden when later ones of its role, there no later than itself, cover all of its hours. */
function hiddenFaults(layers: readonly Layer[], index: number, place: Place): ConfigFault[] {
  const layer = layers[index];
  if (layer === undefined) return [];
  const above = layers
    .slice(index + 1)
    .filter((later) => later.role === layer.role && beginsBy(later, layer))
    .flatMap(({ only }) => only ?? EVERY_HOUR);
  return above.length > 0 && includes(patternOf(above), hoursOf(layer))
    ? [faultAt(place, CONFIG_TEXTS.layerNeverOn)]
    : [];
}

const hoursOf = ({ only }: Layer): WeekSpan[] => patternOf(only ?? EVERY_HOUR);

/** Whether a layer is surely there when the other begins; dates are compared as they are written. */
function beginsBy(later: Layer, { from, handover, every }: Layer): boolean {
  if (later.from === undefined) return true;
  if (from === undefined || later.from > from) return false;
  const sameClock = later.handover?.day === handover?.day && later.handover?.minute === handover?.minute;
  return sameClock && (later.every === undefined) === (every === undefined);
}
