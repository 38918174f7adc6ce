import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import type { AddressGuard } from './guarded-address.js';

/** The guard closed the way. Nothing was sent, and trying again cannot help until somebody changes the address. */
export class BlockedAddress extends Error {
  override readonly name = 'BlockedAddress';
}

export type ResolveAll = (
  hostname: string,
  done: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

export const resolveAll: ResolveAll = (hostname, done) => {
  systemLookup(hostname, { all: true, verbatim: true }, (error, addresses) => done(error, addresses ?? []));
};

const CONNECT_MS = 2_500;
const HEADERS_MS = 6_000;

/**
 * Enough for the hot and the cold dispatcher at once against one receiver; more would only queue at the receiver.
 */
const CONNECTIONS = 64;

/**
 * Connections that can only lead where the guard allows: every address that DNS gives is checked, and the socket goes
 * to a checked one. Checking first and connecting by name later would let a second DNS answer through (rebinding).
 * undici follows no redirects by itself.
 * @param headersTimeout milliseconds from the request to the status
 */
export function guardedAgent(
  guard: AddressGuard,
  resolve: ResolveAll = resolveAll,
  headersTimeout: number = HEADERS_MS,
): Agent {
  const byPort = new Map<number, ReturnType<typeof buildConnector>>();
  return new Agent({
    connections: CONNECTIONS,
    pipelining: 1,
    keepAliveTimeout: 10_000,
    bodyTimeout: 5_000,
    headersTimeout,
    connect: (options, callback) => {
      const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80));
      const literal = options.hostname.replace(/^\[|\]$/g, '');
      const refusal = isIP(literal) === 0 ? undefined : guard.refusalOf(literal, port);
      if (refusal !== undefined) {
        callback(new BlockedAddress(refusal), null);
        return;
      }
      let connector = byPort.get(port);
      if (connector === undefined) {
        connector = buildConnector({ timeout: CONNECT_MS, lookup: guardedLookup(guard, port, resolve) });
        byPort.set(port, connector);
      }
      connector(options, callback);
    },
  });
}

/** Refuses the name as soon as one of its addresses is closed: half a public name is not public. */
export function guardedLookup(guard: AddressGuard, port: number, resolve: ResolveAll): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, (error, addresses) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const refusal = addresses
        .map(({ address }) => guard.refusalOf(address, port))
        .find((r) => r !== undefined);
      const [first] = addresses;
      if (refusal !== undefined || first === undefined)
        callback(new BlockedAddress(refusal ?? `${hostname} has no address`), []);
      else if (options.all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
  };
}
