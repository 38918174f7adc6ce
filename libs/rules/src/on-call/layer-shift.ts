import { type Instant, type Layer, WEEKDAYS } from '@tocsin/contracts';
import { Temporal } from 'temporal-polyfill';
import { DAY_MS, instantOfLocal, localTimeAt, type LocalTime } from './zone-clock.js';

const MINUTE_MS = 60_000;

/** Which turn of a rotation an instant falls into; turn 0 is the first. */
interface Turn {
  readonly turn: number;
  readonly from: Instant;
  readonly until: Instant;
}

/** When the rotation begins: the first handover on or after its date. */
export const layerStart = (layer: Layer, zone: string): Instant => firstHandover(layer, zone).at;

/**
 * The turn at an instant, by arithmetic: no turn before it is visited.
 *
 * @returns undefined before the layer begins
 */
export function turnAt(layer: Layer, zone: string, at: Instant): Turn | undefined {
  if (at < layerStart(layer, zone)) return undefined;
  return layer.by === 'elapsed' ? elapsedTurn(layer, zone, at) : wallClockTurn(layer, zone, at);
}

function elapsedTurn(layer: Layer, zone: string, at: Instant): Turn {
  const start = layerStart(layer, zone);
  const length = layer.every * 1000;
  const turn = Math.floor((at - start) / length);
  return { turn, from: start + turn * length, until: start + (turn + 1) * length };
}

function wallClockTurn(layer: Layer, zone: string, at: Instant): Turn {
  const start = firstHandover(layer, zone).local;
  const length = layer.every * 1000;
  const boundary = (turn: number): Instant => instantOfLocal(zone, start + turn * length);
  let turn = Math.floor((localTimeAt(zone, at) - start) / length);
  let from = boundary(turn);
  let until = boundary(turn + 1);
  // In the hours around a clock change the wall clock alone can be one turn off; the boundaries decide.
  for (; from > at; turn -= 1) [from, until] = [boundary(turn - 1), from];
  for (; until <= at; turn += 1) [from, until] = [until, boundary(turn + 2)];
  return { turn, from, until };
}

interface FirstHandover {
  readonly local: LocalTime;
  readonly at: Instant;
}

const firstHandovers = new WeakMap<Layer, FirstHandover>();

/** A layer belongs to one schedule, so to one zone: its first handover is worked out once. */
function firstHandover(layer: Layer, zone: string): FirstHandover {
  const known = firstHandovers.get(layer);
  if (known !== undefined) return known;
  const date = Temporal.PlainDate.from(layer.from);
  const { day, minute } = layer.handover;
  const wanted = day === undefined ? date.dayOfWeek : WEEKDAYS.indexOf(day) + 1;
  const days = (wanted - date.dayOfWeek + 7) % 7;
  const local = date.toZonedDateTime('UTC').epochMilliseconds + days * DAY_MS + minute * MINUTE_MS;
  const first = { local, at: instantOfLocal(zone, local) };
  firstHandovers.set(layer, first);
  return first;
}
