import type { AddressGuard } from '../channels/webhook/guarded-address.js';
import { refusalOfUrl } from '../channels/webhook/check-url.js';
import type { ResolveAll } from '../channels/webhook/guarded-connect.js';

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
