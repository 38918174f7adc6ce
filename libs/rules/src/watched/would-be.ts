import type { Config, Instant, TicketEvent } from '@tocsin/contracts';
import type { CaseFacts } from '../conditions/case-facts.js';
import type { EventFacts } from '../conditions/event-facts.js';
import { type EventGrouping, groupingOf } from '../grouping/group-key.js';
import { decideFromFacts } from '../priority/decide-priority.js';
import { pickService } from '../routing/pick-service.js';
import { pickSla } from '../sla/sla-terms.js';
import { type WatchedRule, watchedOf } from './watched-rules.js';

/** What a watched rule would have made of a decision that it was not asked for. */
export interface WouldBe {
  readonly rule: WatchedRule;
  /** What was decided; "" is nothing. */
  readonly real: string;
  readonly would: string;
}

/** The rules that would have set the priority of these facts. */
export const wouldSetPriority = (facts: EventFacts, config: Config, at: Instant): WouldBe[] =>
  watchedOf(config, 'priority').flatMap((rule) => {
    const would = decideFromFacts(facts, rule.live, at);
    if (would.rule !== rule.name) return [];
    return [{ rule, real: decideFromFacts(facts, config, at).priority, would: would.priority }];
  });

/** The rules that would have given the event its service. */
export const wouldRoute = (event: TicketEvent, config: Config): WouldBe[] =>
  watchedOf(config, 'routing').flatMap((rule) => {
    const { service = '', by, detail } = pickService(event, rule.live);
    if (by !== 'routing-rule' || detail !== rule.name) return [];
    return [{ rule, real: pickService(event, config).service ?? '', would: service }];
  });

/** The rules that would have grouped the event. */
export const wouldGroup = (event: TicketEvent, config: Config): WouldBe[] =>
  watchedOf(config, 'grouping').flatMap((rule) => {
    const would = groupingOf(event, rule.live);
    if (!would.grouped || would.rule.name !== rule.name) return [];
    const said = (grouping: EventGrouping) => groupText(grouping, event.restricted);
    return [{ rule, real: said(groupingOf(event, config)), would: said(would) }];
  });

/** The policies that would have promised something to the case as it opened. */
export const wouldPromise = (facts: CaseFacts, config: Config): WouldBe[] =>
  watchedOf(config, 'sla').flatMap((rule) =>
    pickSla(rule.live, facts) === rule.name
      ? [{ rule, real: pickSla(config, facts) ?? '', would: rule.name }]
      : [],
  );

/** The rule and its key, whose parts are left out where the event is restricted: they may be its words. */
function groupText(grouping: EventGrouping, restricted: boolean): string {
  if (!grouping.grouped) return '';
  const { rule, by } = grouping;
  return restricted
    ? rule.name
    : `${rule.name}: ${by.map(({ name, value }) => `${name}=${value}`).join(', ')}`;
}
