import { type Config, isoOf, type Source, type TicketEvent } from '@tocsin/contracts';
import { presentCategory } from '@tocsin/rules';
import type { MappedEvent } from '../sources/mapping-pack.js';
import { eventIdOf } from './event-id.js';
import { cut, foldLine, MOST_BODY, MOST_SUBJECT } from './fold-text.js';
import { confidentialityOf } from './restricted-category.js';

/** Times further off than this are kept but trusted for nothing: milliseconds before and after receipt. */
const OLDEST = 30 * 86_400_000;
const NEWEST = 5 * 60_000;
const MOST_ATTRIBUTES = 64 * 1024;
const MOST_KEY = 512;

export interface Receipt {
  readonly source: string;
  readonly sourceConfig: Source;
  readonly config: Config;
  /** Milliseconds, the database's clock. */
  readonly receivedAt: number;
  /** Goes up by one with each event that this process receives: orders events of one millisecond. */
  readonly sequence: number;
}

/** What is published for a mapped event, and whether its raw form may be read by everybody. */
export interface SettledEvent {
  readonly event: TicketEvent;
  /** The raw form goes to the vault: the category is restricted, or cannot be told. */
  readonly vault: boolean;
}

/** Settles id, order, bounds and confidentiality of a mapped event. Pure. */
export function settle(mapped: MappedEvent, receipt: Receipt): SettledEvent {
  const { config, source, sourceConfig } = receipt;
  const flags = [...(mapped.flags ?? [])];
  const id = eventIdOf(config.tenant, source, mapped.senderId);
  // Senders may go on with the path that a category had before.
  const category = mapped.category === undefined ? undefined : presentCategory(config, mapped.category);
  const { restricted, vault, label } = confidentialityOf(category, config);
  const link = safeLink(mapped.link, flags);
  const event: TicketEvent = {
    id,
    tenant: config.tenant,
    source,
    kind: mapped.kind,
    type: mapped.type,
    ticketKey: cut(foldLine(mapped.key, MOST_KEY), MOST_KEY),
    version: versionOf(mapped, id, receipt, flags),
    receivedAt: isoOf(receipt.receivedAt),
    parties: [],
    restricted,
    ...(restricted ? { subject: label, tags: [], attributes: {} } : openTexts(mapped, config, flags)),
    ...given({
      occurredAt: mapped.occurredAt === undefined ? undefined : isoOf(mapped.occurredAt),
      category,
      market: mapped.market ?? sourceConfig.market,
      language: mapped.language ?? sourceConfig.language,
      channel: mapped.channel,
      severity: mapped.severity,
      status: mapped.status,
      author: authorOf(mapped, restricted),
      affected: mapped.affected,
      link,
      service: knownService(mapped.service, config) ?? sourceConfig.service,
      flags: flags.length === 0 ? undefined : flags,
    }),
  };
  return { event, vault };
}

/** Whose turn it is must be known of a restricted ticket too; who it is need not. */
function authorOf({ author }: MappedEvent, restricted: boolean): TicketEvent['author'] {
  if (author === undefined || !restricted) return author;
  return { role: author.role, ...given({ internal: author.internal }) };
}

/** Absent, never undefined: the payload is JSON. */
function given<T extends object>(members: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const present: { [K in keyof T]?: NonNullable<T[K]> } = {};
  for (const name in members) {
    const value = members[name];
    if (value !== undefined && value !== null) present[name] = value;
  }
  return present;
}

function subjectOf({ subject, key }: MappedEvent, flags: string[]): string {
  const line = foldLine(subject ?? '', MOST_SUBJECT);
  if (line === '') {
    // An update without a subject says nothing about it: readers keep the one they have.
    flags.push('subject-from-key');
    return foldLine(key, MOST_SUBJECT);
  }
  if (line.length === MOST_SUBJECT) flags.push('subject-cut');
  return line;
}

type OpenTexts = Pick<TicketEvent, 'subject' | 'tags' | 'attributes' | 'body' | 'requester'>;

/** What everybody who sees the case may read. */
function openTexts(mapped: MappedEvent, config: Config, flags: string[]): OpenTexts {
  const { body, requester } = mapped;
  if (body !== undefined && body.length > MOST_BODY) flags.push('body-cut');
  return {
    subject: subjectOf(mapped, flags),
    tags: [...(mapped.tags ?? [])],
    attributes: attributesOf(mapped, config, flags),
    ...given({ body: body === undefined ? undefined : cut(body, MOST_BODY), requester }),
  };
}

function safeLink(link: string | undefined, flags: string[]): string | undefined {
  if (link === undefined || link === '') return undefined;
  if (/^https?:\/\/[^\s]+$/i.test(link) && link.length <= 2048) return link;
  flags.push('odd-link');
  return undefined;
}

const knownService = (name: string | undefined, config: Config): string | undefined =>
  name !== undefined && Object.hasOwn(config.services, name) ? name : undefined;

function attributesOf(mapped: MappedEvent, config: Config, flags: string[]): Record<string, unknown> {
  const attributes = {
    ...mapped.attributes,
    ...(flags.includes('odd-link') && mapped.link !== undefined ? { link: mapped.link } : {}),
    ...(mapped.service !== undefined && knownService(mapped.service, config) === undefined
      ? { service: mapped.service }
      : {}),
  };
  if (isEmpty(attributes) || JSON.stringify(attributes).length <= MOST_ATTRIBUTES) return attributes;
  flags.push('attributes-cut');
  return {};
}

function isEmpty(object: object): boolean {
  for (const _ in object) return false;
  return true;
}

/**
 * The sender's version, else (occurredAt, id), else the order of receipt. A time out of bounds orders nothing: one
 * clock in the year 9999 would make every later event look old.
 */
function versionOf(
  mapped: MappedEvent,
  id: string,
  receipt: Receipt,
  flags: string[],
): TicketEvent['version'] {
  const { occurredAt } = mapped;
  const trusted =
    occurredAt !== undefined &&
    occurredAt >= receipt.receivedAt - OLDEST &&
    occurredAt <= receipt.receivedAt + NEWEST;
  if (occurredAt !== undefined && !trusted) flags.push('occurred-at-out-of-bounds');
  if (mapped.version?.by === 'sender') return mapped.version;
  if (mapped.orderedByReceipt !== true && trusted)
    return mapped.version ?? { by: 'occurred-at', at: occurredAt, tie: id };
  return { by: 'receipt', at: receipt.receivedAt, tie: String(receipt.sequence).padStart(16, '0') };
}
