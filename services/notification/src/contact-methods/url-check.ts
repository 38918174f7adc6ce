import { type AddressGuard, refusalOfUrl, type ResolveAll } from '@tocsin/connections';

/** Asks the guard about a URL before it is stored. Every connection asks again, for DNS may change its mind. */
export class UrlCheck {
  constructor(
    private readonly guard: AddressGuard,
    private readonly resolve: ResolveAll,
  ) {}

  /** @returns why not, with the cure; undefined when it may be used */
  refusalOf(url: string): Promise<string | undefined> {
    return refusalOfUrl(url, this.guard, this.resolve);
  }
}
