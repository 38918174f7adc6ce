import { type Config, isoOf, type ImportedLeaveView, type LeaveImport } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import {
  type ImportedLeave,
  type ImportFault,
  planImport,
  type ReadLeave,
  readCsv,
  readIcs,
  type TimeSpan,
} from '@tocsin/rules';
import type { CoverRequestStore } from '../ask-cover/cover-request.store.js';
import type { ShiftChangeStore } from '../shift-change.store.js';
import { applyImport, IMPORT_AHEAD_MS, MOST_IMPORTED, standingLeave, tooLong } from './apply-import.js';
import type { ChangeRequest } from './change-shifts.js';

export type ImportRefused =
  | { readonly reason: 'not-yours' }
  | { readonly reason: 'whose' }
  | { readonly reason: 'too-much'; readonly count: number; readonly most: number }
  | { readonly reason: 'faults'; readonly faults: readonly ImportFault[] }
  | { readonly reason: 'too-long'; readonly leave: ImportedLeave };

type ImportResult =
  | { readonly ok: true; readonly value: ImportedLeaveView }
  | { readonly ok: false; readonly refused: ImportRefused };

interface ImportParts {
  readonly transactions: Transactions;
  readonly changes: ShiftChangeStore;
  readonly requests: Pick<CoverRequestStore, 'now'>;
  readonly config: () => Config;
}

const refuse = (refused: ImportRefused): ImportResult => ({ ok: false, refused });

/** Takes leave from a calendar: what it names anew is recorded, what it has no longer is cancelled, in one transaction. */
export class ImportLeave {
  constructor(private readonly parts: ImportParts) {}

  take(body: LeaveImport, { tenant, by, only, preview }: ChangeRequest): Promise<ImportResult> {
    const config = this.parts.config();
    return this.parts.transactions.run('cold', async (tx) => {
      const { changes, requests } = this.parts;
      if (only !== undefined && body.person !== only) return refuse({ reason: 'not-yours' });
      if (!preview) await changes.lock(tx, tenant);
      const now = await requests.now(tx);
      const window = { from: now, until: now + IMPORT_AHEAD_MS };
      const read = readFile(body, config, window);
      if (!read.ok) return read;
      const named = read.leave;
      if (only !== undefined && named.some(({ person }) => person !== only))
        return refuse({ reason: 'not-yours' });
      const { calendar, person } = body;
      const standing = await standingLeave(tx, changes, { tenant, calendar, person, window });
      const plan = planImport(standing, named);
      if (!preview) await applyImport(tx, changes, plan, { tenant, calendar, by });
      return {
        ok: true,
        value: {
          saved: !preview,
          recorded: plan.record.map(viewOf),
          cancelled: plan.cancel.map(viewOf),
          unchanged: plan.unchanged,
        },
      };
    });
  }
}

type ReadFile =
  | { readonly ok: true; readonly leave: readonly ImportedLeave[] }
  | Extract<ImportResult, { ok: false }>;

function readFile(body: LeaveImport, config: Config, window: TimeSpan): ReadFile {
  const read = readText(body, config, window);
  if (read === undefined) return { ok: false, refused: { reason: 'whose' } };
  if (!read.ok) return { ok: false, refused: { reason: 'faults', faults: read.faults } };
  const count = read.leave.length;
  if (count > MOST_IMPORTED)
    return { ok: false, refused: { reason: 'too-much', count, most: MOST_IMPORTED } };
  const longest = tooLong(read.leave);
  return longest === undefined ? read : { ok: false, refused: { reason: 'too-long', leave: longest } };
}

/** @returns undefined when a calendar is of nobody, for it names no person itself */
function readText(
  { format, text, person }: LeaveImport,
  { people }: Config,
  window: TimeSpan,
): ReadLeave | undefined {
  const zoneOf = (name: string): string | undefined =>
    Object.hasOwn(people, name) ? people[name]?.timeZone : undefined;
  if (format === 'csv') return readCsv(text, { person, zoneOf, window });
  const zone = person === undefined ? undefined : zoneOf(person);
  return person === undefined || zone === undefined ? undefined : readIcs(text, { person, zone, window });
}

const viewOf = ({
  person,
  from,
  until,
  reason,
}: Omit<ImportedLeave, 'key'>): ImportedLeaveView['recorded'][number] => ({
  ...{ person, from: isoOf(from), until: isoOf(until) },
  ...(reason === undefined ? {} : { reason }),
});
