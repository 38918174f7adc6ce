import type { Instant, Layer, OnCallRole, Schedule } from '@tocsin/contracts';
import { type LaneChanges, NO_LANE_CHANGES } from './changes/change-book.js';
import type { Leave } from './changes/shift-change.js';
import { hoursAt } from './layer-hours.js';
import { rotationOf, turnAt } from './layer-turns.js';
import type { OnCallGap, OnCallShift, TimeSpan } from './on-call-shift.js';

/** One role of a schedule with the changes that concern it. */
export interface Lane {
  readonly role?: OnCallRole;
  readonly changes?: LaneChanges;
}

/** A shift or a gap of a lane. */
export type Segment = OnCallShift | OnCallGap;

export const isShift = (segment: Segment): segment is OnCallShift => 'person' in segment;

/** Narrows a stretch in which nothing changes. */
class Narrowing {
  from = -Infinity;
  until = Infinity;

  constructor(private readonly at: Instant) {}

  within({ from, until }: TimeSpan): TimeSpan {
    this.from = Math.max(this.from, from);
    this.until = Math.min(this.until, until);
    return this.span();
  }

  /** @returns whether the span covers the instant; what begins later or has ended ends the stretch */
  meets(span: TimeSpan): boolean {
    if (span.from <= this.at && this.at < span.until) return true;
    if (span.until <= this.at) this.from = Math.max(this.from, span.until);
    else this.until = Math.min(this.until, span.from);
    return false;
  }

  span(): TimeSpan {
    return { from: this.from, until: this.until };
  }
}

/**
 * What decides at an instant: swap, then override, then the last layer of the role that covers (whose person may be
 * on leave); temporary layers stand in place of the schedule's own. Its bounds hold nothing that could decide
 * otherwise, but may end before anything really changes.
 */
export function segmentAt(schedule: Schedule, at: Instant, lane: Lane = {}): Segment {
  const { role = 'primary', changes = NO_LANE_CHANGES } = lane;
  const narrow = new Narrowing(at);
  const swapped = swapAt(changes, narrow);
  if (swapped !== undefined) return swapped;
  const layered = layeredAt(schedule, role, at, changes);
  return overrideAt(changes, layered, narrow) ?? presentAt(changes, layered, narrow);
}

/** What the layers say that stand at an instant: temporary ones, or the schedule's own until such begin. */
function layeredAt(
  schedule: Schedule,
  role: OnCallRole,
  at: Instant,
  { temporary }: Pick<LaneChanges, 'temporary'>,
): Segment {
  if (temporary.length === 0) return layerAt(schedule, role, at);
  const narrow = new Narrowing(at);
  const standing = temporary.find((span) => narrow.meets(span));
  const layered = layerAt(
    { timeZone: schedule.timeZone, layers: standing?.layers ?? schedule.layers },
    role,
    at,
  );
  const stretch = narrow.within(layered);
  const found = { ...layered, ...(standing === undefined ? stretch : narrow.within(standing)) };
  if (standing === undefined || !isShift(found) || found.why.by !== 'layer') return found;
  return { ...found, why: { ...found.why, by: 'temporary', change: standing.id } };
}

/** The layers that stand at an instant, and the change that put them there. */
export function layersStandingAt(
  schedule: Schedule,
  at: Instant,
  { temporary }: Pick<LaneChanges, 'temporary'>,
): { readonly layers: readonly Layer[]; readonly change?: string } {
  const standing = temporary.find(({ from, until }) => from <= at && at < until);
  return standing === undefined
    ? { layers: schedule.layers }
    : { layers: standing.layers, change: standing.id };
}

function swapAt({ swaps }: LaneChanges, narrow: Narrowing): OnCallShift | undefined {
  const swap = swaps.find((span) => narrow.meets(span));
  if (swap === undefined) return undefined;
  const { person, change, of } = swap;
  return { person, why: { by: 'swap', change, of }, ...narrow.within(swap) };
}

function overrideAt(
  { overrides }: LaneChanges,
  layered: Segment,
  narrow: Narrowing,
): OnCallShift | undefined {
  for (const override of overrides) {
    if (!narrow.meets(override)) continue;
    const { id, person, replaces } = override;
    // Whether it applies is true only as long as the layers name the same person.
    if (replaces !== undefined) narrow.within(layered);
    if (replaces === undefined || personOf(layered) === replaces)
      return { person, why: { by: 'override', change: id, replaces }, ...narrow.within(override) };
  }
  return undefined;
}

const personOf = (segment: Segment): string | undefined => (isShift(segment) ? segment.person : undefined);

/** The layers' person, unless on leave. */
function presentAt({ leaveOf }: LaneChanges, layered: Segment, narrow: Narrowing): Segment {
  const stretch = narrow.within(layered);
  if (!isShift(layered)) return { ...layered, ...stretch };
  const leave = leaveOf(layered.person).find((away) => narrow.meets(away));
  return leave === undefined
    ? { ...layered, ...narrow.span() }
    : awayGap(layered, leave, narrow.within(leave));
}

function awayGap({ person, why }: OnCallShift, { id }: Leave, stretch: TimeSpan): OnCallGap {
  const layer = 'layer' in why ? why.layer : 0;
  return { why: { by: 'leave', change: id, person, layer }, ...stretch };
}

interface StandingLayers {
  readonly timeZone: string;
  readonly layers: readonly Layer[];
}

/** What the layers alone say: of those of the role the last that covers. */
export function layerAt({ layers, timeZone }: StandingLayers, role: OnCallRole, at: Instant): Segment {
  const narrow = new Narrowing(at);
  for (let index = layers.length - 1; index >= 0; index -= 1) {
    const layer = layers[index];
    if (layer?.role !== role) continue;
    const turn = turnIn(layer, timeZone, narrow, at);
    if (turn === undefined) continue;
    const person = layer.people[turn % layer.people.length];
    if (person === undefined) continue;
    return { person, why: { by: 'layer', layer: index + 1, turn }, ...narrow.span() };
  }
  return { why: { by: 'no-layer' }, ...narrow.span() };
}

/** Whose turn it is in a layer alone; undefined when it does not cover the instant. */
export function personIn(layer: Layer, zone: string, at: Instant): string | undefined {
  const turn = turnIn(layer, zone, new Narrowing(at), at);
  return turn === undefined ? undefined : layer.people[turn % layer.people.length];
}

/** @returns the number of the turn; undefined when the layer does not cover the instant */
function turnIn(layer: Layer, zone: string, narrow: Narrowing, at: Instant): number | undefined {
  const rotation = rotationOf(layer, zone);
  const turn = turnAt(rotation, zone, at);
  if (turn === undefined) {
    narrow.meets({ from: rotation.startsAt, until: Infinity });
    return undefined;
  }
  const hours = hoursAt(rotation.pattern, zone, at);
  narrow.within(hours);
  if (!hours.covered) return undefined;
  narrow.within(turn);
  return turn.turn;
}
