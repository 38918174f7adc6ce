import type { Channel, Instant, Priority } from '@tocsin/contracts';

/** A way that stands beside the config, as notification told of it last. */
export interface AddedMethod {
  readonly channel: Channel;
  /** The priorities whose first step it joins. */
  readonly joins: readonly Priority[];
  readonly verified: boolean;
  readonly removed: boolean;
  /** Of two the higher holds. */
  readonly version: number;
}

/** A try after which nothing will ever arrive at that address. */
export interface DeadAddress {
  readonly at: Instant;
  /** A mark of the address: of a method that the config leads elsewhere by now, nothing is known. */
  readonly address: string;
  readonly reason: string;
}

/** The newest that is known of one way to reach one person, whether it stands in the config or beside it. */
export interface ContactFact {
  readonly person: string;
  readonly method: string;
  readonly added?: AddedMethod | undefined;
  /** When a page last arrived. */
  readonly deliveredAt?: Instant | undefined;
  readonly dead?: DeadAddress | undefined;
}

/** Both together, the newer of each member: the same whatever the order, and however often it is told. */
export const mergedFact = (known: ContactFact, told: ContactFact): ContactFact => ({
  person: known.person,
  method: known.method,
  added: newer(known.added, told.added, (added) => added.version),
  deliveredAt: newer(known.deliveredAt, told.deliveredAt, (at) => at),
  dead: newer(known.dead, told.dead, (dead) => dead.at),
});

/** Of two that are equally new both are the same, but for tries that end in one millisecond: the text decides. */
function newer<T>(a: T | undefined, b: T | undefined, ageOf: (one: T) => number): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const by = ageOf(b) - ageOf(a);
  if (by !== 0) return by > 0 ? b : a;
  return JSON.stringify(b) > JSON.stringify(a) ? b : a;
}

/** A page that arrived later shows that the address lives. */
export const diedAt = ({ dead, deliveredAt }: ContactFact): DeadAddress | undefined =>
  dead !== undefined && (deliveredAt === undefined || deliveredAt < dead.at) ? dead : undefined;

/**
 * How much later a page must have arrived to be worth writing down: readiness counts days. A failure that is told late
 * and was within that time before the last arrival counts until the next one.
 */
const WORTH_MS = 60_000;

/**
 * What a new fact changes: `reach` when somebody may be reached by it who was not, or no longer; `age` when only the
 * last arrival is later; nothing when it is known already.
 */
export function changeBy(known: ContactFact | undefined, merged: ContactFact): 'reach' | 'age' | undefined {
  const reachOf = (fact: ContactFact): string => JSON.stringify([fact.added, diedAt(fact)]);
  if (reachOf(known ?? { person: merged.person, method: merged.method }) !== reachOf(merged)) return 'reach';
  const [was, is] = [known?.deliveredAt, merged.deliveredAt];
  return is !== undefined && (was === undefined || is >= was + WORTH_MS) ? 'age' : undefined;
}
