import type { Config } from '@tocsin/contracts';
import { own } from '../own.js';
import type { TurnFacts } from './escalation-context.js';

/** What the members of a round robin speak; who has said no languages is asked in the one that their pages are written in. */
export function speaksOf(config: Config, policy: string): TurnFacts['speaks'] {
  const rule = own(config.policies, policy)?.['round-robin'];
  const members = rule === undefined ? [] : (own(config.teams, rule.of)?.members ?? []);
  return Object.fromEntries(
    members.map((name) => {
      const { speaks = [], language } = own(config.people, name) ?? {};
      return [name, speaks.length > 0 || language === undefined ? speaks : [language]];
    }),
  );
}
