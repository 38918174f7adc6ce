import { isoOf, say, SHIFT_TEXTS, type ShiftNoticeKind, type Texts } from '@tocsin/contracts';
import { acceptanceOf, type CoverRequest } from '@tocsin/rules';
import type { NewShiftNotice } from './shift-notice.store.js';

const TEXT_OF = {
  'cover-asked': SHIFT_TEXTS.noticeAsked,
  'cover-accepted': SHIFT_TEXTS.noticeAccepted,
  'cover-expired': SHIFT_TEXTS.noticeExpired,
} as const satisfies Partial<Record<ShiftNoticeKind, Texts>>;

/** What is told of a request for cover to each of these persons. */
export function coverNotices(
  kind: keyof typeof TEXT_OF,
  request: CoverRequest,
  persons: readonly string[],
): NewShiftNotice[] {
  const { id, schedule, role, person: about } = request;
  const [from, until] = [isoOf(request.from), isoOf(request.until)];
  const facts = { about, schedule, from, until, by: acceptanceOf(request)?.person ?? '' };
  const text = { en: say(TEXT_OF[kind], 'en', facts), 'zh-CN': say(TEXT_OF[kind], 'zh-CN', facts) };
  return persons.map((person) => ({
    ...{ key: `${kind} ${id} ${person}`, kind, person, schedule, role, about, from, until, text },
    request: id,
  }));
}
