import { type Config, type GapsView, isoOf, type OnCallRole } from '@tocsin/contracts';
import {
  type ChangeBook,
  finalShifts,
  gapsOf,
  type KnownContacts,
  missingText,
  type OnCallGap,
  reachLackOf,
  requiredHours,
  type TimeSpan,
} from '@tocsin/rules';

interface Known {
  readonly config: Config;
  readonly changes: ChangeBook;
  readonly contacts: KnownContacts;
}

interface Asked {
  readonly window: TimeSpan;
  readonly schedule?: string | undefined;
  readonly role: OnCallRole;
}

/** Where nobody is on call though somebody must be (F3). Schedules without a layer of the role have no such lane, so no gaps in it. */
export function showGaps({ config, changes, contacts }: Known, { window, schedule, role }: Asked): GapsView {
  const named = Object.entries(config.schedules).filter(
    ([name, { layers }]) =>
      (schedule === undefined || name === schedule) && layers.some((layer) => layer.role === role),
  );
  return {
    from: isoOf(window.from),
    until: isoOf(window.until),
    schedules: named.map(([name, found]) => ({
      schedule: name,
      requires: found.requires === '24x7' ? '24x7' : `calendar ${found.requires.calendar}`,
      gaps: gapsOf(found, window, requiredHours(config, found, window), {
        role,
        changes: changes.of(name, role),
      }).map(gapView),
      unreachable: finalShifts(found, window, { role, changes: changes.of(name, role) }).shifts.flatMap(
        ({ person, from, until }) => {
          const lack = reachLackOf(person, { config, contacts, priority: 'P1' });
          return lack.length === 0
            ? []
            : [{ from: isoOf(from), until: isoOf(until), person, missing: lack.map(missingText) }];
        },
      ),
    })),
  };
}

const gapView = ({ why, from, until }: OnCallGap): GapsView['schedules'][number]['gaps'][number] => ({
  from: isoOf(from),
  until: isoOf(until),
  by: why.by,
  ...(why.by === 'leave' ? { person: why.person, change: why.change } : {}),
});
