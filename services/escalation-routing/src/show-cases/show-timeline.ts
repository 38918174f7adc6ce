import { type CaseTimeline, caseIdText } from '@tocsin/contracts';
import { sayCaseEvent } from '@tocsin/rules';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { RoutedCase } from '../routed-case.js';
import type { TimelineStore } from '../timeline.store.js';

/** Shows what happened to a case, each event with its sentence; people are called as the config in force calls them. */
export class ShowTimeline {
  constructor(
    private readonly timelines: TimelineStore,
    private readonly configs: PinnedConfigs,
  ) {}

  async show(routed: Pick<RoutedCase, 'tenant' | 'id'>): Promise<CaseTimeline> {
    const events = await this.timelines.read(routed);
    const { people } = this.configs.current().config;
    const nameOf = (id: string): string => (Object.hasOwn(people, id) ? people[id]?.name : undefined) ?? id;
    return {
      caseId: caseIdText(routed.id),
      events: events.map((event) => ({ ...event, text: sayCaseEvent(event, nameOf) })),
    };
  }
}
