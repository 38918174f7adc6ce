import { z } from 'zod';
import { Priority } from '../priority.js';
import { ConfigName } from '../ids.js';
import { SecretRef } from './units.js';

/** One secret, or several while it is rotated. */
export const SecretRefs = z
  .union([SecretRef, z.array(SecretRef).min(1)])
  .transform((s) => (typeof s === 'string' ? [s] : s));

/** Kinds that speak a vendor's format; a source of any other kind speaks our own. */
export const SOURCE_KINDS = [
  'generic',
  'zendesk',
  'alertmanager',
  'pagerduty',
  'grafana',
  'jira',
  'hubspot',
  'salesforce',
  'servicenow',
  'datadog',
  'sns',
  'sentry',
  'avaya',
  'cloudevents',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** An upstream: its kind picks the mapping pack; `key` are bearer keys, `secret` signing secrets (several while rotating). */
export const Source = z.strictObject({
  kind: z
    .string()
    .min(1)
    .meta({ examples: [...SOURCE_KINDS] }),
  key: SecretRefs.optional(),
  secret: SecretRefs.optional(),
  /** The vendor's names of who may send, where its bodies tell: topics of SNS, organisations of Salesforce. */
  senders: z.array(z.string().min(1)).min(1).optional(),
  severity: z.record(z.string(), Priority).default({}),
  market: z.string().optional(),
  language: z.string().optional(),
  service: ConfigName.optional(),
});
export type Source = z.infer<typeof Source>;

/** A bearer token of the API and what it may do. */
export const ApiToken = z.strictObject({
  token: SecretRef,
  role: z.enum(['operator', 'responder', 'viewer']),
  /** Whose it is: two tokens of one person are no two approvers. */
  person: ConfigName.optional(),
});
export type ApiToken = z.infer<typeof ApiToken>;
