import { type Config, type Instant, isoOf, say, SHIFT_TEXTS, type Texts } from '@tocsin/contracts';
import {
  type ChangeBook,
  type ConflictLead,
  dueLead,
  proposeCover,
  type ProposedCover,
  type ShiftConflict,
  toldOfConflict,
} from '@tocsin/rules';
import type { NewShiftNotice } from '../ask-cover/shift-notice.store.js';

interface Known {
  readonly config: Config;
  readonly changes: ChangeBook;
  readonly now: Instant;
}

const AHEAD = {
  '14d': SHIFT_TEXTS.ahead14d,
  '3d': SHIFT_TEXTS.ahead3d,
  '12h': SHIFT_TEXTS.ahead12h,
} as const satisfies Record<ConflictLead, Texts>;

/** What is due to be told of a conflict, to each of those who must know; nothing between two warnings is new. */
export function conflictNotices(conflict: ShiftConflict, known: Known): NewShiftNotice[] {
  const lead = dueLead(conflict, known.now);
  if (lead === undefined) return [];
  const { schedule, role, person: about, leave: because } = conflict;
  const [from, until] = [isoOf(conflict.from), isoOf(conflict.until)];
  const proposed = proposeCover(known.config, known.changes, conflict);
  const text = textOf(conflict, lead, proposed);
  return toldOfConflict(known.config, known.changes, { conflict, now: known.now }).map((person) => ({
    key: `shift-conflict ${lead} ${schedule} ${role} ${about} ${from} ${person}`,
    ...{ kind: 'shift-conflict', person, schedule, role, about, from, until, text, because, proposed },
  }));
}

function textOf(
  { schedule, person: about, from, until, held }: ShiftConflict,
  lead: ConflictLead,
  proposed: readonly ProposedCover[],
): Texts {
  const said = (language: 'en' | 'zh-CN'): string => {
    const facts = { about, schedule, from: isoOf(from), until: isoOf(until) };
    const names = proposed.map(({ person }) => person).join(language === 'en' ? ', ' : '、');
    return [
      say(held ? SHIFT_TEXTS.noticeConflictHeld : SHIFT_TEXTS.noticeConflict, language, {
        ...facts,
        ahead: AHEAD[lead][language],
      }),
      names === ''
        ? say(SHIFT_TEXTS.noticeNobodyFree, language)
        : say(SHIFT_TEXTS.noticeProposed, language, { names }),
    ].join(language === 'en' ? ' ' : '');
  };
  return { en: said('en'), 'zh-CN': said('zh-CN') };
}
