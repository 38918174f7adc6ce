/** What makes a page to a channel the same page (S5). */
export interface PageKeyParts {
  readonly tenant: string;
  /** As people see it, such as `4F7K2`. */
  readonly caseId: string;
  readonly epoch: number;
  readonly round: number;
  readonly step: number;
  readonly person: string;
  /** Name of the person's contact method: two phones of one person are two channels. */
  readonly channel: string;
}

/**
 * The idempotency key that a provider gets, the same on every try:
 * `tenant/case/epoch.round.step/person/channel`, such as `default/4F7K2/1.1.0/bo/phone`. The members are names and
 * numbers without «/»; should one hold another character, it stands percent-encoded, so no two pages share a key.
 */
export const pageKeyOf = ({ tenant, caseId, epoch, round, step, person, channel }: PageKeyParts): string =>
  [tenant, caseId, `${epoch}.${round}.${step}`, person, channel].map(encodeURIComponent).join('/');
