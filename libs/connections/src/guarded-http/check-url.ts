import { isIP } from 'node:net';
import type { AddressGuard } from './guarded-address.js';
import type { ResolveAll } from './guarded-connect.js';

/**
 * May this URL become a contact method? Asked when it is written; every connection asks again.
 * @returns why not, with the cure; undefined when it may
 */
export async function refusalOfUrl(
  text: string,
  guard: AddressGuard,
  resolve: ResolveAll,
): Promise<string | undefined> {
  const shape = faultOfShape(text);
  if (shape !== undefined) return shape;
  const url = new URL(text);
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) === 0 ? await addressesOf(host, resolve) : [host];
  if (addresses.length === 0) return `${host} has no address in DNS; check the name`;
  const refusal = addresses.map((address) => guard.refusalOf(address, port)).find((r) => r !== undefined);
  if (refusal === undefined) return undefined;
  return `${refusal}; use a public https address, or let the operator open it with TOCSIN_WEBHOOK_ALLOW=CIDR`;
}

function faultOfShape(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    return 'write a whole URL that begins with https:// (or http://)';
  return url.username === '' && url.password === ''
    ? undefined
    : 'leave user and password out of the URL; use a secret';
}

function addressesOf(host: string, resolve: ResolveAll): Promise<string[]> {
  return new Promise((done) => {
    resolve(host, (error, addresses) => done(error === null ? addresses.map(({ address }) => address) : []));
  });
}
