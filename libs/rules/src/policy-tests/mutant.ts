import type { Config, Texts } from '@tocsin/contracts';
import { pointerOf } from '../config/faults.js';

export type Place = readonly (string | number)[];

/** A config with one deliberate mistake, and which. */
export interface Mutant {
  /** RFC 6901: where the mistake is. */
  readonly pointer: string;
  readonly change: Texts;
  readonly config: Config;
}

/** The config with another value at one place; undefined takes a member or list item away. */
export const mutantAt = (config: Config, place: Place, value: unknown, change: Texts): Mutant => ({
  pointer: pointerOf(place),
  change,
  config: replaced(config, place, value) as Config,
});

function replaced(tree: unknown, [key, ...rest]: Place, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(tree)) {
    const items = tree as unknown[];
    return items.flatMap((item, index) => {
      if (index !== key) return [item];
      const next = replaced(item, rest, value);
      return next === undefined ? [] : [next];
    });
  }
  const members = tree as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, member]) => {
      if (name !== key) return [[name, member]];
      const next = replaced(member, rest, value);
      return next === undefined ? [] : [[name, next]];
    }),
  );
}
