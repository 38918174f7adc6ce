import type { Resolution } from '@tocsin/contracts';
import type { Wish } from './respond-to-case.js';

/** What a body says of how a case ended, apart from the rest of it. */
export function resolutionOf<T extends Resolution>({
  code,
  cause,
  reply,
  ...rest
}: T): {
  readonly rest: Omit<T, keyof Resolution>;
  readonly wish: { readonly wish?: Wish };
} {
  const said = {
    ...(code === undefined ? {} : { code }),
    ...(cause === undefined ? {} : { cause }),
    ...(reply === undefined ? {} : { reply }),
  };
  return { rest, wish: Object.keys(said).length === 0 ? {} : { wish: { resolution: said } } };
}
