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
export const layerStart = (layer: Layer, zone: string): Instant => instantOfLocal(zone, firstHandover(layer));

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
  const start = firstHandover(layer);
  const length = layer.every * 1000;
  const boundary = (turn: number): Instant => instantOfLocal(zone, start + turn * length);
  // In the hours around a clock change the wall clock alone can be one turn off; the boundaries decide.
  let turn = Math.floor((localTimeAt(zone, at) - start) / length);
  while (boundary(turn) > at) turn -= 1;
  while (boundary(turn + 1) <= at) turn += 1;
  return { turn, from: boundary(turn), until: boundary(turn + 1) };
}

const firstHandovers = new WeakMap<Layer, LocalTime>();

function firstHandover(layer: Layer): LocalTime {
  const known = firstHandovers.get(layer);
  if (known !== undefined) return known;
  const date = Temporal.PlainDate.from(layer.from);
  const { day, minute } = layer.handover;
  const wanted = day === undefined ? date.dayOfWeek : WEEKDAYS.indexOf(day) + 1;
  const days = (wanted - date.dayOfWeek + 7) % 7;
  const first = date.toZonedDateTime('UTC').epochMilliseconds + days * DAY_MS + minute * MINUTE_MS;
  firstHandovers.set(layer, first);
  return first;
}
