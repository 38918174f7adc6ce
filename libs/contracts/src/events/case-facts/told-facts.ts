import { z } from 'zod';
import { SlaKind } from '../../config/sla.js';
import { Counterfactual } from '../../http/counterfactual.js';
import { CaseId } from '../../ids.js';
import { Priority } from '../../priority.js';
import { Texts } from '../../texts.js';
import { IsoInstant } from '../../time.js';
import { TICKET_EVENT_TYPES } from '../ticket-event.js';

/** Milliseconds since 1970. */
export const Millis = z.number();

/** Persons who are paged, and which words of the policy led to each. */
export const PagedPersons = z.array(z.object({ person: z.string(), via: z.string() }));

/** A place in a policy: the round, and the index of the step from 0; behind the last step it is the fallback. */
export const PLACE = { round: z.int(), step: z.int() };
export const NAMED_PLACE = { ...PLACE, stepName: z.string() };

/** The event of a source that something follows from. */
export const EVENT_FACTS = {
  eventId: z.string(),
  eventType: z.enum(TICKET_EVENT_TYPES),
  version: z.object({ by: z.enum(['sender', 'occurred-at', 'receipt']), at: z.number(), tie: z.string() }),
  receivedAt: IsoInstant,
};

/** What keeps a case quiet: a window, its source, which has said that it is over, or the open case of a service. */
export const QuietBy = z.object({
  kind: z.enum(['window', 'resolving', 'parent']),
  name: z.string(),
  /** Of a window made at run time, or of the parent case. */
  id: z.string().optional(),
});

/** A part of a grouping key and its value. */
export const KeyPart = z.object({ name: z.string(), value: z.string() });

/** The record that a priority can be decided from again. */
const PriorityRecord = z.object({
  inputs: z.record(z.string(), z.unknown()),
  erred: z.array(z.object({ rule: z.string(), error: z.string() })),
});

/** What stands on a priority: result, reason, record. */
export const EXPLAINED = {
  priority: Priority,
  priorityBy: z.enum(['rule', 'severity', 'category', 'default', 'given', 'pin']).optional(),
  /** Name of the priority rule that matched, or of the grouping rule that opened a case again. */
  rule: z.string().optional(),
  because: Texts,
  record: PriorityRecord.optional(),
  /** Config revision that was decided by. */
  revision: z.int().optional(),
  counterfactual: Counterfactual.optional(),
};

/** What may stand beside the facts of whatever the engine decides: what it followed from. */
export const CAUSE_FACTS = z
  .object({
    ...EVENT_FACTS,
    ...EXPLAINED,
    /** The way that an answer came, such as `web`. */
    via: z.string(),
    /** The answer of somebody who was not paged. */
    notPaged: z.boolean(),
    /** How the priority was moved. */
    cause: z.enum([
      'raised',
      'lowered',
      'stays',
      'lowering-waits',
      'pinned',
      'unpinned',
      'pin-ended',
      'too-early',
    ]),
    /** Who has pinned the priority, or freed it. */
    asked: z.string(),
    /** The case whose facts count here now. */
    merged: CaseId,
    /** What the clocks say that moved the priority. */
    promise: z.string(),
    /** The clock whose breach asks for the next step. */
    sla: SlaKind,
    /** A merge, split or move is taken back. */
    undo: z.boolean(),
  })
  .partial().shape;
