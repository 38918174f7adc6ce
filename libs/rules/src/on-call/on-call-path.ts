import type { Instant, Schedule } from '@tocsin/contracts';
import { type LaneChanges, NO_LANE_CHANGES } from './changes/change-book.js';
import { type Lane, layersStandingAt, personIn } from './lane.js';

/** One voice in who is on call. */
export type PathEntry =
  | { readonly by: 'layer'; readonly layer: number; readonly person: string }
  | {
      readonly by: 'temporary';
      readonly change: string;
      readonly layer: number;
      readonly person: string;
    }
  | { readonly by: 'leave'; readonly change: string; readonly person: string }
  | {
      readonly by: 'override';
      readonly change: string;
      readonly person: string;
      readonly replaces?: string | undefined;
    }
  | { readonly by: 'swap'; readonly change: string; readonly person: string; readonly of: string };

/**
 * Everything that has a say at an instant, from the weakest to the strongest: the last one decides. Layers in whose
 * place temporary ones stand have none.
 */
export function onCallPath(schedule: Schedule, at: Instant, lane: Lane = {}): PathEntry[] {
  const { role = 'primary', changes = NO_LANE_CHANGES } = lane;
  const layers = layersAt(schedule, role, at, changes);
  const person = layers.at(-1)?.person;
  const applies = ({ from, until }: { readonly from: Instant; readonly until: Instant }): boolean =>
    from <= at && at < until;
  const away = person === undefined ? undefined : changes.leaveOf(person).find(applies);
  const overrides = changes.overrides
    .filter((override) => applies(override) && (override.replaces ?? person) === person)
    .toReversed();
  return [
    ...layers,
    ...(away === undefined ? [] : [{ by: 'leave', change: away.id, person: away.person } as const]),
    ...overrides.map(
      (o) => ({ by: 'override', change: o.id, person: o.person, replaces: o.replaces }) as const,
    ),
    ...changes.swaps
      .filter(applies)
      .toReversed()
      .map((s) => ({ by: 'swap', change: s.change, person: s.person, of: s.of }) as const),
  ];
}

function layersAt(
  schedule: Schedule,
  role: NonNullable<Lane['role']>,
  at: Instant,
  changes: LaneChanges,
): PathEntry[] {
  const { layers, change } = layersStandingAt(schedule, at, changes);
  return layers.flatMap((layer, index): PathEntry[] => {
    const person = layer.role === role ? personIn(layer, schedule.timeZone, at) : undefined;
    if (person === undefined) return [];
    const voice = { layer: index + 1, person };
    return [change === undefined ? { by: 'layer', ...voice } : { by: 'temporary', change, ...voice }];
  });
}
