import { Controller, Get, Param, Query, Res, UseGuards } from '@nestjs/common';
import {
  CaseId,
  type CaseList,
  CaseState,
  type CaseTimeline,
  type CaseView,
  EscalationState,
  parseCaseId,
  Priority,
} from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf, notFound, ProblemError } from '@tocsin/runtime';
import { z } from 'zod';
import { etagOf, viewOf } from '../case-view.js';
import type { RoutedCase } from '../routed-case.js';
import { ShowSla } from '../keep-sla/show-sla.js';
import { cursorOf, parseCursor } from './case-cursor.js';
import { CaseListStore } from './case-list.store.js';
import { CaseMembersStore } from './case-members.store.js';
import { ShowTimeline } from './show-timeline.js';

const MOST_CASES = 200;

// PostgreSQL's text knows no NUL: such a filter would be the database's error instead of the caller's.
const Text = z.string().regex(/^[^\0]*$/, 'text without U+0000');

const CaseQuery = z.object({
  state: CaseState.optional(),
  escalation: EscalationState.optional(),
  priority: Priority.optional(),
  source: Text.optional(),
  ticketKey: Text.optional(),
  event: Text.optional(),
  suppressedBy: CaseId.optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(MOST_CASES).default(50),
});
type CaseQuery = z.infer<typeof CaseQuery>;

interface Reply {
  header(name: string, value: string): unknown;
}

@Controller('v1/cases')
@UseGuards(AccessGuard)
export class ShowCasesController {
  constructor(
    private readonly cases: CaseListStore,
    private readonly showTimeline: ShowTimeline,
    private readonly showSla: ShowSla,
    private readonly members: CaseMembersStore,
  ) {}

  @Get()
  async list(
    @Query({ schema: CaseQuery }) query: CaseQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<CaseList> {
    const { cursor, limit, ...filter } = query;
    const after = cursor === undefined ? undefined : parseCursor(cursor);
    if (cursor !== undefined && after === undefined)
      throw new ProblemError(422, 'The request does not fit its schema', {
        errors: [{ pointer: '/cursor', detail: 'no cursor of ours; take `next` of the page before' }],
      });
    const found = await this.cases.list({ ...filter, tenant }, after, limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const more = found.length > limit && last !== undefined;
    return { cases: page.map(viewOf), ...(more ? { next: cursorOf(last) } : {}) };
  }

  @Get(':id')
  async show(
    @Param('id') id: string,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<CaseView> {
    const routed = await this.find(id, caller);
    const sla = await this.showSla.viewsOf(routed);
    reply.header('etag', etagOf(routed));
    const view = await this.withMembers(viewOf(routed), routed);
    const hushes = await this.cases.countSuppressedBy(routed.id);
    return { ...view, ...(hushes === 0 ? {} : { hushes }), ...(sla.length === 0 ? {} : { sla }) };
  }

  private async withMembers(view: CaseView, { id, group }: RoutedCase): Promise<CaseView> {
    if (view.group === undefined || group === undefined) return view;
    return { ...view, group: { ...view.group, members: await this.members.list(id, group.size) } };
  }

  @Get(':id/timeline')
  async timeline(@Param('id') id: string, @CallerOf() caller: Caller): Promise<CaseTimeline> {
    return this.showTimeline.show(await this.find(id, caller));
  }

  /** The same answer for what is unknown, another tenant's, or no case id at all. */
  private async find(text: string, { tenant }: Caller): Promise<RoutedCase> {
    const id = parseCaseId(text);
    const routed = id === undefined ? undefined : await this.cases.find(tenant, id);
    if (routed === undefined) throw notFound();
    return routed;
  }
}
