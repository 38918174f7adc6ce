import { contentHash } from './canonical-json.js';
import type { MappedEvent, Mapping, MappingContext, MappingPack } from './mapping-pack.js';

/** A hand-made body of a vendor's form and the members that must come out of it. */
export interface Fixture {
  readonly title: string;
  /** As the vendor sends it: text where numbers exceed what JavaScript holds. */
  readonly body: unknown;
  readonly headers?: MappingContext['headers'];
  readonly expected: readonly object[];
}

export const mapFixture = (
  pack: Pick<MappingPack, 'map'>,
  { body, headers = {} }: Pick<Fixture, 'body' | 'headers'>,
): Mapping => {
  const value: unknown = typeof body === 'string' ? JSON.parse(body) : structuredClone(body);
  return pack.map(value, { headers, bodyHash: () => contentHash(value), freshId: () => 'f'.repeat(32) });
};

/** @throws Error with the reason when the body does not map */
export function eventsOf(mapping: Mapping): readonly MappedEvent[] {
  if (!mapping.ok) throw new Error(`not mapped: ${mapping.reason} ${JSON.stringify(mapping.faults)}`);
  return mapping.events;
}
