import { type Instant, type Layer, WEEKDAYS } from '@tocsin/contracts';
import { isWholeWeek, meets, patternOf, type WeekSpan } from './week-pattern.js';
import { DAY_MS, instantOfLocal, localTimeAt, type LocalTime, WEEK_MS } from './zone-clock.js';

const MINUTE_MS = 60_000;

/** Which turn of a rotation an instant falls into, and when that turn begins and ends. */
export interface Turn {
  /** 0 is the first; a turn that lies wholly outside of the layer's hours is not counted, so nobody is skipped. */
  readonly turn: number;
  readonly from: Instant;
  readonly until: Instant;
}

/** A layer's rotation in the terms of the wall clock; worked out once per layer, which belongs to one zone. */
export interface Rotation {
  readonly start: LocalTime;
  /** When the layer begins: its first handover; minus infinity when it always stands. */
  readonly startsAt: Instant;
  /** Milliseconds; infinite when one person stands alone. */
  readonly length: number;
  readonly elapsed: boolean;
  /** Counted turns before each turn of one period; undefined when all are counted. */
  readonly counted: readonly number[] | undefined;
  /** The hours in which the layer covers; undefined when it has no restriction. */
  readonly pattern: readonly WeekSpan[] | undefined;
}

/**
 * The turn at an instant, by arithmetic: no turn before it is visited.
 *
 * @returns undefined before the layer begins
 */
export function turnAt(rotation: Rotation, zone: string, at: Instant): Turn | undefined {
  if (at < rotation.startsAt) return undefined;
  if (rotation.length === Infinity) return { turn: 0, from: rotation.startsAt, until: Infinity };
  const plain = rotation.elapsed ? elapsedTurn(rotation, at) : wallClockTurn(rotation, zone, at);
  return { ...plain, turn: countedBefore(rotation, plain.turn) };
}

function elapsedTurn({ startsAt, length }: Rotation, at: Instant): Turn {
  const turn = Math.floor((at - startsAt) / length);
  return { turn, from: startsAt + turn * length, until: startsAt + (turn + 1) * length };
}

function wallClockTurn({ start, length }: Rotation, zone: string, at: Instant): Turn {
  const boundary = (turn: number): Instant => instantOfLocal(zone, start + turn * length);
  let turn = Math.floor((localTimeAt(zone, at) - start) / length);
  let from = boundary(turn);
  let until = boundary(turn + 1);
  // In the hours around a clock change the wall clock alone can be one turn off; the boundaries decide.
  for (; from > at; turn -= 1) [from, until] = [boundary(turn - 1), from];
  for (; until <= at; turn += 1) [from, until] = [until, boundary(turn + 2)];
  return { turn, from, until };
}

function countedBefore({ counted }: Rotation, turn: number): number {
  if (counted === undefined) return turn;
  const period = counted.length - 1;
  const whole = Math.floor(turn / period);
  return whole * (counted[period] ?? 0) + (counted[turn - whole * period] ?? 0);
}

const rotations = new WeakMap<Layer, Rotation>();

/** The arithmetic of a layer: worked out once, then looked up. */
export function rotationOf(layer: Layer, zone: string): Rotation {
  const known = rotations.get(layer);
  if (known !== undefined) return known;
  const rotation = workedOut(layer, zone);
  rotations.set(layer, rotation);
  return rotation;
}

function workedOut(layer: Layer, zone: string): Rotation {
  const start = firstHandover(layer);
  const startsAt = start === -Infinity ? start : instantOfLocal(zone, start);
  const length = layer.every === undefined ? Infinity : layer.every * 1000;
  const hours = layer.only === undefined ? undefined : patternOf(layer.only);
  const pattern = hours === undefined || isWholeWeek(hours) ? undefined : hours;
  const counted = pattern === undefined || length >= WEEK_MS ? undefined : countTurns(pattern, start, length);
  return { start, startsAt, length, elapsed: layer.by === 'elapsed', counted, pattern };
}

/** The first handover on or after the layer's date. */
function firstHandover({ from, handover }: Layer): LocalTime {
  if (from === undefined) return -Infinity;
  const date = Date.parse(from);
  if (handover === undefined) return date;
  // 1970-01-01, day 0, was a Thursday: index 3 of a week that begins on Monday.
  const weekday = (((date / DAY_MS + 3) % 7) + 7) % 7;
  const wanted = handover.day === undefined ? weekday : WEEKDAYS.indexOf(handover.day);
  return date + ((wanted - weekday + 7) % 7) * DAY_MS + handover.minute * MINUTE_MS;
}

/** Turns and weeks come together again after some turns; within that period the hours are looked at once. */
function countTurns(pattern: readonly WeekSpan[], start: LocalTime, length: number): number[] {
  const period = WEEK_MS / greatestDivisor(WEEK_MS, length);
  const counted = [0];
  for (let turn = 0; turn < period; turn += 1) {
    const from = start + turn * length;
    counted.push((counted[turn] ?? 0) + (meets(pattern, from, from + length) ? 1 : 0));
  }
  return counted;
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));
