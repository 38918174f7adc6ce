import { CONFIG_TEXTS, type Texts } from '@tocsin/contracts';
import { filled, joined } from '../texts-of.js';
import type { ConfigFault } from './config-fault.js';
import { nearestName } from './nearest-name.js';

type Place = readonly (string | number | symbol)[];

/** RFC 6901. */
export const pointerOf = (place: Place): string =>
  place.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export const faultAt = (place: Place, texts: Texts): ConfigFault => ({
  pointer: pointerOf(place),
  severity: 'error',
  message: texts.en,
  texts,
});

export const warningAt = (place: Place, texts: Texts): ConfigFault => ({
  ...faultAt(place, texts),
  severity: 'warning',
});

/** Kinds of things that names name. */
export type Kind =
  | 'person'
  | 'team'
  | 'schedule'
  | 'policy'
  | 'service'
  | 'source'
  | 'category'
  | 'method'
  | 'eventField'
  | 'calendar'
  | 'holidays'
  | 'ticketStatus'
  | 'caseField';

/** A name that names nothing, and the one that was probably meant. */
export function dangling(place: Place, kind: Kind, name: string, names: readonly string[]): ConfigFault {
  const said = filled(CONFIG_TEXTS.dangling, { name, kind: CONFIG_TEXTS[kind] });
  return faultAt(place, joined(said, didYouMean(name, names)));
}

/** Names the nearest name, when one is near. */
export function didYouMean(name: string, names: readonly string[]): Texts | undefined {
  const nearest = nearestName(name, names);
  return nearest === undefined ? undefined : filled(CONFIG_TEXTS.didYouMean, { nearest });
}
