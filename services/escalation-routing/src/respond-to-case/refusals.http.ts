import { caseIdText, isoOf } from '@tocsin/contracts';
import { RESOLUTION_TEXTS, ROUTING_MESSAGES } from '@tocsin/contracts';
import { notFound, ProblemError } from '@tocsin/runtime';
import type { ActRefusal } from './respond-to-case.js';

/** Refusals of acts as problem+json; who holds the case and since when are members of their own. */
export function problemOf(refused: ActRefusal): ProblemError {
  switch (refused.reason) {
    case 'unknown-case':
      return notFound();
    case 'other-version':
      return new ProblemError(412, ROUTING_MESSAGES.otherVersion.en, {
        type: 'other-version',
        headers: { etag: `"${refused.version}"` },
      });
    case 'joined':
      return new ProblemError(409, ROUTING_MESSAGES.joinedElsewhere.en, {
        type: 'joined',
        detail: `It goes on as ${caseIdText(refused.into)}.`,
      });
    case 'unfit-resolution':
      return new ProblemError(422, RESOLUTION_TEXTS.incomplete.en, {
        type: 'unfit-resolution',
        errors: refused.faults.map(({ member, texts }) => ({ pointer: `/${member}`, detail: texts.en })),
      });
    default:
      return new ProblemError(409, ROUTING_MESSAGES[MESSAGE_OF[refused.reason]].en, {
        type: refused.reason,
        detail: detailOf(refused),
        members: {
          ...(refused.owner === undefined ? {} : { owner: refused.owner }),
          ...(refused.at === undefined ? {} : { at: isoOf(refused.at) }),
        },
      });
  }
}

type Conflict = Exclude<
  ActRefusal,
  { reason: 'unknown-case' | 'other-version' | 'joined' | 'unfit-resolution' }
>;

const MESSAGE_OF = {
  'already-acknowledged': 'alreadyAcknowledged',
  'already-resolved': 'alreadyResolved',
  'stale-epoch': 'staleEpoch',
  'no-policy': 'noPolicy',
  'no-owner': 'noOwner',
  'time-passed': 'timePassed',
  'nobody-there': 'nobodyThere',
  snoozed: 'isSnoozed',
  'not-running': 'notRunning',
  merged: 'isMerged',
} as const satisfies Record<Conflict['reason'], keyof typeof ROUTING_MESSAGES>;

const detailOf = ({ owner, at }: Conflict): string =>
  `${owner === undefined ? 'Nobody has it' : `By ${owner}`}${at === undefined ? '.' : `, ${isoOf(at)}.`}`;
