import { type Got, type guardedGet, resolveSecret } from '@tocsin/connections';
import { LANGUAGES, type LeaveCalendar, say, SecretRef, SHIFT_TEXTS, type Texts } from '@tocsin/contracts';
import { type ImportedLeave, isLeaveTitle, readIcs, type TimeSpan } from '@tocsin/rules';
import { MOST_IMPORTED, tooLong } from '../change-shifts/apply-import.js';
import type { KnownFeed } from './leave-feed.store.js';

/** Bytes; a calendar of ten years of meetings is smaller. */
const MOST_BYTES = 4 * 1024 * 1024;
const WITHIN_MS = 15_000;

/** What a reading gave. */
export type ReadFeed =
  | { readonly type: 'failed'; readonly fault: Texts }
  | { readonly type: 'same' }
  | {
      readonly type: 'read';
      readonly leave: readonly ImportedLeave[];
      readonly etag: string | undefined;
      readonly lastModified: string | undefined;
    };

/** Gets an address outside, through the guard. */
export type GetOutside = (ask: Parameters<typeof guardedGet>[1]) => Promise<Got>;

interface Whose {
  readonly person: string;
  readonly zone: string;
  readonly leave: LeaveCalendar;
  readonly window: TimeSpan;
}

/** @param known what the server may say is still the same; undefined when all is wanted */
export async function readFeed(
  get: GetOutside,
  whose: Whose,
  known: Pick<KnownFeed, 'etag' | 'lastModified'> | undefined,
): Promise<ReadFeed> {
  const address = addressOf(whose.leave);
  if ('fault' in address) return { type: 'failed', fault: address.fault };
  const got = await get({
    ...{ url: address.url, most: MOST_BYTES, within: WITHIN_MS },
    headers: {
      accept: 'text/calendar, text/plain;q=0.5, */*;q=0.1',
      ...(known?.etag === undefined ? {} : { 'if-none-match': known.etag }),
      ...(known?.lastModified === undefined ? {} : { 'if-modified-since': known.lastModified }),
    },
  });
  if (got.type !== 'answer') return { type: 'failed', fault: faultOf(got) };
  if (got.status === 304 && known !== undefined) return { type: 'same' };
  return got.status === 200 ? leaveIn(got, whose) : failed('feedStatus', { status: got.status });
}

function addressOf({ calendar }: LeaveCalendar): { readonly url: string } | { readonly fault: Texts } {
  const isRef = SecretRef.safeParse(calendar).success;
  const secret = isRef ? resolveSecret(calendar) : ({ ok: true, value: calendar } as const);
  if (!secret.ok) return { fault: texts('feedSecret', { why: secret.error }) };
  const url = URL.canParse(secret.value) ? new URL(secret.value) : undefined;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  return url !== undefined && isWeb ? { url: url.href } : { fault: texts('feedNoUrl', {}) };
}

function leaveIn(
  { text, etag, lastModified }: Extract<Got, { type: 'answer' }>,
  { person, zone, leave, window }: Whose,
): ReadFeed {
  const read = readIcs(text, { person, zone, window });
  if (!read.ok) {
    const [first] = read.faults;
    const { line = 1, message = 'importNoCalendar', facts = {} } = first ?? {};
    const fault = texts('importAtLine', { line, fault: texts(message, facts) });
    return { type: 'failed', fault: texts('feedUnreadable', { fault }) };
  }
  const named = read.leave.filter(({ reason }) => isLeaveTitle(reason, leave.match));
  const count = named.length;
  if (count > MOST_IMPORTED) return failed('importTooMuch', { count, most: MOST_IMPORTED });
  const longest = tooLong(named);
  if (longest !== undefined) return failed('feedTooLong', { title: longest.reason ?? longest.key });
  return { type: 'read', leave: named, etag, lastModified };
}

function faultOf(got: Exclude<Got, { type: 'answer' }>): Texts {
  switch (got.type) {
    case 'redirect':
      return texts('feedRedirects', {});
    case 'too-large':
      return texts('feedTooLarge', { most: `${MOST_BYTES / 1024 / 1024} MiB` });
    case 'timed-out':
      return texts('feedTimedOut', { seconds: WITHIN_MS / 1000 });
    case 'blocked':
      return texts('feedBlocked', { why: got.fault });
    case 'unreachable':
      return texts('feedAway', { fault: got.fault });
  }
}

const failed = (name: keyof typeof SHIFT_TEXTS, facts: Facts): ReadFeed => ({
  type: 'failed',
  fault: texts(name, facts),
});

type Facts = Readonly<Record<string, string | number | Texts>>;

function texts(name: keyof typeof SHIFT_TEXTS, facts: Facts): Texts {
  const [en, zh] = LANGUAGES.map((language) =>
    say(
      SHIFT_TEXTS[name],
      language,
      Object.fromEntries(
        Object.entries(facts).map(([key, fact]) => [key, typeof fact === 'object' ? fact[language] : fact]),
      ),
    ),
  );
  return { en: en ?? '', 'zh-CN': zh ?? '' };
}
