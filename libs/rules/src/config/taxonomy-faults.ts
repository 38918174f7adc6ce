import { type Config, CONFIG_TEXTS } from '@tocsin/contracts';
import { own } from '../own.js';
import { filled } from '../texts-of.js';
import type { ConfigFault } from './config-fault.js';
import { faultAt } from './faults.js';

type Place = readonly PropertyKey[];

/**
 * Former paths that lead to two categories, or that a category still has.
 * @param originOf where a place of the flattened taxonomy stands in the tree as written
 */
export function taxonomyFaults({ taxonomy }: Config, originOf: (place: Place) => Place): ConfigFault[] {
  const claimed = new Map<string, string>();
  return Object.entries(taxonomy).flatMap(([path, { formerly }]) =>
    formerly.flatMap((was, index) => {
      const place = originOf(['taxonomy', path, 'formerly', index]);
      if (own(taxonomy, was) !== undefined)
        return [faultAt(place, filled(CONFIG_TEXTS.formerlyStands, { name: was }))];
      const other = claimed.get(was);
      claimed.set(was, path);
      return other === undefined
        ? []
        : [faultAt(place, filled(CONFIG_TEXTS.formerlyTwice, { name: was, other }))];
    }),
  );
}
