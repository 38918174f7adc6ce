import {
  type Config,
  type GapsView,
  isoOf,
  type OnCallRole,
  ROUTING_MESSAGES,
  type Schedule,
  say,
} from '@tocsin/contracts';
import { type ChangeBook, gapsOf, type OnCallGap, type TimeSpan } from '@tocsin/rules';

interface Asked {
  readonly window: TimeSpan;
  readonly schedule?: string | undefined;
  readonly role: OnCallRole;
}

/** Where nobody is on call (F3). Schedules without a layer of the role have no such lane, so no gaps in it. */
export function showGaps(
  { config, changes }: { readonly config: Config; readonly changes: ChangeBook },
  { window, schedule, role }: Asked,
): GapsView {
  const named = Object.entries(config.schedules).filter(
    ([name, { layers }]) =>
      (schedule === undefined || name === schedule) && layers.some((layer) => layer.role === role),
  );
  return {
    from: isoOf(window.from),
    until: isoOf(window.until),
    schedules: named.map(([name, found]) => ({
      schedule: name,
      ...requiredOf(found),
      gaps: gapsOf(found, window, '24x7', { role, changes: changes.of(name, role) }).map(gapView),
    })),
  };
}

/** Until the hours of calendars are known to this service every gap is shown, and it is said. */
function requiredOf({ requires }: Schedule): { requires: string; note?: string } {
  if (requires === '24x7') return { requires };
  const { calendar } = requires;
  return {
    requires: `calendar ${calendar}`,
    note: say(ROUTING_MESSAGES.calendarUnread, 'en', { calendar }),
  };
}

const gapView = ({ why, from, until }: OnCallGap): GapsView['schedules'][number]['gaps'][number] => ({
  from: isoOf(from),
  until: isoOf(until),
  by: why.by,
  ...(why.by === 'leave' ? { person: why.person, change: why.change } : {}),
});
