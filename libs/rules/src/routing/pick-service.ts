import { type Config, instantOf, type TicketEvent } from '@tocsin/contracts';
import { compiledRules, verdictOf } from '../conditions/compiled-rules.js';
import { factsOf } from '../conditions/facts-of-event.js';
import { enrichFacts } from '../enrichment/enrich-facts.js';
import { own } from '../own.js';
import { pathsUp } from '../priority/category-owning.js';
import type { PickedService } from './picked-service.js';

/**
 * Which service takes an event: the one that it names; else the first routing rule that matches; else the service
 * that handles the longest path of its category; else the source's own.
 */
export const pickService = (event: TicketEvent, config: Config): PickedService =>
  named(event, config) ??
  routed(event, config) ??
  handled(event, config) ??
  ofSource(event, config) ??
  none(event);

function named({ service }: TicketEvent, config: Config): PickedService | undefined {
  if (service === undefined || own(config.services, service) === undefined) return undefined;
  return { service, by: 'event', detail: service };
}

function routed(event: TicketEvent, config: Config): PickedService | undefined {
  const { facts } = enrichFacts(factsOf(event), config, instantOf(event.receivedAt));
  const index = compiledRules(config).routing.findIndex((rule) => verdictOf(rule, facts).matched);
  const rule = config.routing[index];
  return rule === undefined ? undefined : { service: rule.to, by: 'routing-rule', detail: rule.when };
}

function handled({ category = '' }: TicketEvent, config: Config): PickedService | undefined {
  for (const path of pathsUp(category)) {
    const found = Object.entries(config.services).find(([, service]) => service.handles.includes(path));
    if (found !== undefined) return { service: found[0], by: 'category', detail: path };
  }
  return undefined;
}

function ofSource({ source }: TicketEvent, config: Config): PickedService | undefined {
  const service = own(config.sources, source)?.service;
  return service === undefined ? undefined : { service, by: 'source', detail: source };
}

const none = ({ category = '', source }: TicketEvent): PickedService => ({
  by: 'none',
  detail: `no service for category «${category}» of source ${source}`,
});
