import type { OutgoingWebhook } from '@tocsin/contracts';
import { compileCaseCondition } from '../conditions/case-condition.js';
import type { CaseFacts } from '../conditions/case-facts.js';

/** What an event tells of. */
export type OutgoingAbout =
  | {
      readonly kind: 'case';
      readonly type: string;
      /** undefined when nothing is known of the case. */
      readonly facts?: CaseFacts | undefined;
    }
  | {
      readonly kind: 'window';
      readonly type: string;
      /** That a maintenance window hushes; undefined means all. */
      readonly services?: readonly string[] | undefined;
    };

/** Whether an endpoint is told, and what of its condition could not be computed. */
export interface Wanted {
  readonly wanted: boolean;
  readonly error?: string;
}

/**
 * Whether an outgoing webhook asks for an event. A condition that errs counts as not matched; so does one about a case
 * of which nothing is known. Of maintenance windows `services` picks those that hush one of them; `when` is about cases.
 */
export function wantsOutgoing(webhook: OutgoingWebhook, about: OutgoingAbout): Wanted {
  const family = `${about.type.slice(0, about.type.indexOf('.'))}.*`;
  if (!webhook.events.some((asked) => asked === about.type || asked === family)) return { wanted: false };
  return about.kind === 'window'
    ? { wanted: overlaps(webhook.services, about.services) }
    : wantsCase(webhook, about.facts);
}

const overlaps = (asked: readonly string[] | undefined, hushed: readonly string[] | undefined): boolean =>
  asked === undefined || hushed === undefined || asked.some((service) => hushed.includes(service));

function wantsCase({ services, when }: OutgoingWebhook, facts: CaseFacts | undefined): Wanted {
  if (services === undefined && when === undefined) return { wanted: true };
  if (facts === undefined) return { wanted: false };
  if (services !== undefined && !services.includes(facts.service)) return { wanted: false };
  if (when === undefined) return { wanted: true };
  const compiled = compileCaseCondition(when);
  if (!compiled.ok) return { wanted: false, error: compiled.fault };
  const { matched, error } = compiled.test(facts);
  return error === undefined ? { wanted: matched } : { wanted: false, error };
}
