import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type {
  SignedRequest,
  Trusted,
  Verdict,
  VendorSignature,
} from '../../authenticate-sender/signature.js';
import { isObject, type Json, textAt } from '../read-members.js';
import { amazonAddress, fetchFromAmazon } from './amazon-address.js';

/** A message may come again for days; older than this, its repeat would not be recognised any more. */
const OLDEST = 14 * 86_400_000;
const NEWEST = 5 * 60_000;
const MOST_KEYS = 32;

const SIGNED_NOTIFICATION = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
const SIGNED_SUBSCRIPTION = [
  'Message',
  'MessageId',
  'SubscribeURL',
  'Timestamp',
  'Token',
  'TopicArn',
  'Type',
];
const ALGORITHMS: Readonly<Record<string, string>> = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' };

/**
 * Signed with a certificate of Amazon SNS, which every account of Amazon can have it do: the topic must be one of the
 * source's `senders`, too.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export const snsSignature: VendorSignature = {
  byCertificate: true,
  isSigned: (headers) =>
    headers['x-amz-sns-message-type'] !== undefined && headers['x-amz-sns-rawdelivery'] === undefined,
  verify: verifyMessage,
};

async function verifyMessage({ body, now }: SignedRequest, { senders }: Trusted): Promise<Verdict> {
  const message = messageOf(body);
  if (message === undefined || !senders.includes(memberOf(message, 'TopicArn'))) return 'bad';
  const algorithm = ALGORITHMS[memberOf(message, 'SignatureVersion')];
  const address = amazonAddress(memberOf(message, 'SigningCertURL'));
  if (algorithm === undefined || address?.pathname.endsWith('.pem') !== true) return 'bad';
  const key = await keyAt(address);
  if (key === undefined) return 'unknown';
  const signature = Buffer.from(memberOf(message, 'Signature'), 'base64');
  if (!verify(algorithm, Buffer.from(signedText(message)), key, signature)) return 'bad';
  return isRecent(Date.parse(memberOf(message, 'Timestamp')), now) ? 'ok' : 'stale';
}

const memberOf = (message: Json, name: string): string => textAt(message, name) ?? '';

const isRecent = (at: number, now: number): boolean => at >= now - OLDEST && at <= now + NEWEST;

function messageOf(body: Buffer): Json | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Name and value of what is signed, each on a line of its own, in the order of the names. Exact: nothing is trimmed. */
function signedText(message: Json): string {
  const names = message['Type'] === 'Notification' ? SIGNED_NOTIFICATION : SIGNED_SUBSCRIPTION;
  return names
    .flatMap((name) => (typeof message[name] === 'string' ? [`${name}\n${message[name]}\n`] : []))
    .join('');
}

/** Amazon changes its certificates rarely, and gives a new one a new address. */
const keys = new Map<string, KeyObject>();

async function keyAt(address: URL): Promise<KeyObject | undefined> {
  const known = keys.get(address.href);
  if (known !== undefined) return known;
  const pem = await fetchFromAmazon(address);
  if (pem === undefined) return undefined;
  try {
    const key = createPublicKey(pem);
    if (keys.size >= MOST_KEYS) keys.clear();
    keys.set(address.href, key);
    return key;
  } catch {
    return undefined;
  }
}
