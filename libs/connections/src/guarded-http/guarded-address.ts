import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * IPv4 that is not the public internet: IANA special-purpose registry (RFC 6890 and successors). 169.254/16 holds the
 * cloud metadata services, 100.64/10 is carrier NAT (and Alibaba's metadata, 100.100.100.200).
 */
const CLOSED_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Only 2000::/3 is public IPv6 at all; inside it these are not, or hide another address. */
const CLOSED_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const closed = blockListOf([...CLOSED_V4, ...CLOSED_V6]);
const publicV6 = blockListOf(['2000::/3']);

/** @throws RangeError naming the entry that is no CIDR */
export function blockListOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [net = '', bits] = cidr.split('/');
    const longest = isIPv4(net) ? 32 : 128;
    const prefix = bits === undefined ? longest : Number(bits);
    if (isIP(net) === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > longest)
      throw new RangeError(`«${cidr}» is no CIDR such as 127.0.0.0/8 or ::1/128`);
    list.addSubnet(net, prefix, isIPv4(net) ? 'ipv4' : 'ipv6');
  }
  return list;
}

/** May a webhook lead there? `allowed` is the operator's own list (TOCSIN_WEBHOOK_ALLOW). */
export class AddressGuard {
  constructor(private readonly allowed: BlockList) {}

  /**
   * @param address a literal IP address, after DNS
   * @param port only 80 and 443, unless the operator opened the address by name
   * @returns why not, or undefined
   */
  refusalOf(address: string, port: number): string | undefined {
    const plain = embeddedV4(address) ?? address;
    if (this.isAllowed(plain)) return undefined;
    if (isClosed(plain)) return `${address} is not on the public internet`;
    if (port !== 80 && port !== 443) return `port ${port} is not 80 or 443`;
    return undefined;
  }

  private isAllowed(address: string): boolean {
    return this.allowed.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  }
}

function isClosed(address: string): boolean {
  if (isIPv4(address)) return closed.check(address, 'ipv4');
  return !publicV6.check(address, 'ipv6') || closed.check(address, 'ipv6');
}

/**
 * The IPv4 address that an IPv6 address carries inside: mapped (::ffff:0:0/96), compatible (::/96) and NAT64
 * (64:ff9b::/96, 64:ff9b:1::/48). Else a private address could be reached by its other spelling.
 */
function embeddedV4(address: string): string | undefined {
  if (isIP(address) !== 6) return undefined;
  const words = wordsOf(address);
  if (!carriesV4(words)) return undefined;
  const [high = 0, low = 0] = words.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** The first six words of mapped and translated addresses (RFC 4291, RFC 2765). */
const V4_HEADS = new Set(['0:0:0:0:0:65535', '0:0:0:0:65535:0']);

function carriesV4(words: readonly number[]): boolean {
  const head = words.slice(0, 6).join(':');
  const isNat64 = words[0] === 0x64 && words[1] === 0xff9b;
  // ::/96 without :: and ::1, which mean themselves.
  const isCompatible =
    head === '0:0:0:0:0:0' && words.slice(6).join(':') !== '0:0' && words.slice(6).join(':') !== '0:1';
  return V4_HEADS.has(head) || isNat64 || isCompatible;
}

/** The eight 16-bit words of an IPv6 address, through the URL parser's own normal form. */
function wordsOf(address: string): number[] {
  const bare = address.split('%')[0] ?? '';
  const normal = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const [head = '', tail] = normal.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(gap).fill('0'), ...right].map((word) => Number.parseInt(word, 16));
}
