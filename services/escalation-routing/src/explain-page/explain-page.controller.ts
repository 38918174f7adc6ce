import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import {
  caseIdText,
  ExplainQuery,
  type ExplainView,
  parseCaseId,
  ROUTING_MESSAGES,
  say,
} from '@tocsin/contracts';
import { explainPage, missingText, reachLackOf } from '@tocsin/rules';
import { AccessGuard, type Caller, CallerOf, notFound, ProblemError } from '@tocsin/runtime';
import { ClockStore } from '../clock.store.js';
import { LiveContacts } from '../know-contacts/live-contacts.js';
import { PinnedConfigs } from '../pinned-configs.js';
import { PoolReads } from '../pool-reads.js';
import { CaseListStore } from '../show-cases/case-list.store.js';
import { TimelineStore } from '../timeline.store.js';

@Controller('v1/explain')
@UseGuards(AccessGuard)
export class ExplainPageController {
  constructor(
    private readonly cases: CaseListStore,
    private readonly timelines: TimelineStore,
    private readonly configs: PinnedConfigs,
    private readonly clock: ClockStore,
    private readonly reads: PoolReads,
    private readonly contacts: LiveContacts,
  ) {}

  @Get()
  async explain(
    @Query({ schema: ExplainQuery }) query: ExplainQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<ExplainView> {
    const { person } = query;
    const id = parseCaseId(query.case);
    const routed = id === undefined ? undefined : await this.cases.find(tenant, id);
    if (routed === undefined) throw notFound();
    const { configOf, contextOf } = await this.configs.show([routed], this.reads);
    const config = configOf(routed);
    if (!Object.hasOwn(config.people, person))
      throw new ProblemError(404, say(ROUTING_MESSAGES.unknownPerson, 'en', { person }));
    const [timeline, now] = await Promise.all([this.timelines.read(routed), this.clock.now()]);
    const { plan, resolve, changes } = contextOf(routed);
    const { priority, service, openedAt } = routed;
    const view = explainPage({
      ...{ caseId: caseIdText(routed.id), priority, service, openedAt, person, timeline, config, plan },
      ...{ resolve, changes, now },
    });
    // People are reached by the config in force, whatever the case has pinned.
    const current = this.configs.current().config;
    const contacts = await this.contacts.read(tenant, current);
    const lack = reachLackOf(person, { config: current, contacts, priority });
    return lack.length === 0 ? view : { ...view, unreachable: lack.map(missingText) };
  }
}
