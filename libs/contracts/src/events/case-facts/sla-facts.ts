import { z } from 'zod';
import { SlaKind } from '../../config/sla.js';
import { SlaPauseView } from '../../http/sla-view.js';
import { Priority } from '../../priority.js';
import { Texts } from '../../texts.js';
import { IsoInstant } from '../../time.js';

const CLOCKS = { clocks: z.array(SlaKind) };

/** At risk or breached, with what the clock's time is made of. */
const DUE = {
  ...CLOCKS,
  policy: z.string(),
  /** Seconds of the calendar's working time. */
  target: z.number(),
  startedAt: IsoInstant,
  /** Absent while a pause stands before it. */
  dueAt: IsoInstant.optional(),
  because: Texts,
  pauses: z.array(SlaPauseView),
};

/** What the clocks of a case tell. */
export const SLA_FACTS = {
  SlaStarted: {
    ...CLOCKS,
    policy: z.string(),
    calendar: z.string(),
    priority: Priority,
    /** When each is due if nothing changes; a clock that promises nothing at this priority is not here. */
    due: z.array(z.object({ clock: SlaKind, dueAt: IsoInstant })).optional(),
  },
  SlaPaused: { ...CLOCKS, status: z.string(), eventId: z.string().optional(), because: Texts },
  SlaResumed: { ...CLOCKS, eventId: z.string().optional(), because: Texts },
  SlaAtRisk: DUE,
  SlaBreached: DUE,
  SlaEnded: {
    ...CLOCKS,
    policy: z.string(),
    how: z.enum(['acknowledged', 'responded', 'resolved']),
    met: z.boolean(),
    eventId: z.string().optional(),
  },
};
