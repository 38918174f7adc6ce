import {
  type FlapRule,
  GROUPING_TEXTS,
  type GroupingRule,
  type GroupingWindow,
  type Texts,
} from '@tocsin/contracts';
import { durationWords } from '../lint/duration-words.js';
import { filled, joined, within240 } from '../texts-of.js';
import type { KeyField } from './group-key.js';
import { returnWithin } from './place-raise.js';

/** Characters of a value that a sentence shows. */
const SHOWN = 40;

/** Why there is a new case, or why an event came to one. */
export function groupingReason(
  what: 'opened' | 'joined' | 'reopened',
  rule: GroupingRule,
  by: readonly KeyField[],
): Texts {
  const facts = { rule: rule.name, fields: fieldsText(by), window: windowText(rule.window) };
  return within240(filled(GROUPING_TEXTS[what], { ...facts, within: durationWords(returnWithin(rule)) }));
}

/** Why two cases became one: what the ticket brought together. */
export const bridgeReason = (ticket: string, rule: GroupingRule, by: readonly KeyField[]): Texts =>
  within240(
    filled(GROUPING_TEXTS.bridged, {
      rule: rule.name,
      ticket: shortened(ticket),
      fields: fieldsText(by),
      window: windowText(rule.window),
    }),
  );

export const flapReason = ({ changes, in: within, calm }: FlapRule): Texts =>
  filled(GROUPING_TEXTS.flapping, { changes, in: durationWords(within), calm: durationWords(calm) });

export const fullReason = ({ size }: GroupingRule): Texts => filled(GROUPING_TEXTS.full, { size });

/** How a flap state ended. */
export const calmReason = (how: 'calm' | 'calmResolved' | 'calmClosed', calmSeconds: number): Texts =>
  filled(GROUPING_TEXTS[how], { calm: durationWords(calmSeconds) });

const fieldsText = (by: readonly KeyField[]): Texts =>
  by
    .map(({ name, value }) =>
      value === ''
        ? filled(GROUPING_TEXTS.unsaid, { name })
        : filled(GROUPING_TEXTS.field, { name, value: shortened(value) }),
    )
    .reduce((all, next) => joined(all, GROUPING_TEXTS.comma, next));

function windowText({ fixed, sliding = 0, session, 'at-most': most }: GroupingWindow): Texts {
  if (fixed !== undefined) return filled(GROUPING_TEXTS.fixed, { length: durationWords(fixed) });
  if (session !== undefined) return filled(GROUPING_TEXTS.session, { length: durationWords(session) });
  return filled(GROUPING_TEXTS.sliding, {
    length: durationWords(sliding),
    most: durationWords(most ?? sliding),
  });
}

const shortened = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text);
