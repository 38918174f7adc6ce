import { Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { AccessGuard, Allow, type Caller, CallerOf, notFound, ProblemError } from '@tocsin/runtime';
import { z } from 'zod';
import { readQuery } from '../read-query.js';
import { type QuarantineRow, QuarantineStore } from './quarantine.store.js';
import { Redriver } from './redriver.js';

const ListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  state: z.enum(['held', 'all']).default('held'),
});

/** What could not be mapped: to look at, and to send through the mapping again once it is mended. */
@Controller('v1/quarantine')
@UseGuards(AccessGuard)
export class QuarantineController {
  constructor(
    private readonly store: QuarantineStore,
    private readonly redriver: Redriver,
  ) {}

  @Get()
  async list(@Query() query: unknown, @CallerOf() { tenant }: Caller): Promise<object> {
    const { limit, before, state } = readQuery(ListQuery, query);
    const rows = await this.store.list(tenant, { before, limit, held: state === 'held' });
    const last = rows.length === limit ? rows.at(-1)?.id : undefined;
    return { entries: rows.map(viewOf), ...(last === undefined ? {} : { next: last }) };
  }

  /** With the body: it may hold what a restricted category would hide. */
  @Get(':id')
  @Allow('operator', 'service')
  async show(@Param('id') id: string, @CallerOf() { tenant }: Caller): Promise<object> {
    const row = isId(id) ? await this.store.show(tenant, id) : undefined;
    if (row === undefined) throw notFound();
    return { ...viewOf(row), body: row.body };
  }

  /** Idempotent: an entry that was re-driven answers with its events again. */
  @Post(':id/redrive')
  @HttpCode(200)
  @Allow('operator', 'service')
  async redrive(@Param('id') id: string, @CallerOf() { tenant, actor }: Caller): Promise<object> {
    if (!isId(id)) throw notFound();
    const result = await this.redriver.redrive(tenant, id, actor);
    if (result.ok) return { id, state: 'redriven', again: result.again, eventIds: result.eventIds };
    if (result.status === 404) throw notFound();
    throw new ProblemError(result.status, result.status === 409 ? 'Still not mapped' : 'Not stored', {
      detail: result.reason,
      ...(result.status === 503 ? { headers: { 'retry-after': '1' } } : {}),
    });
  }
}

const isId = (id: string): boolean => /^\d{1,18}$/.test(id);

const viewOf = (row: QuarantineRow): object => ({
  id: row.id,
  eventId: row.event_id,
  source: row.source,
  state: row.redriven_at === null ? 'held' : 'redriven',
  mapping: row.mapping,
  reason: row.reason,
  errors: JSON.parse(row.faults) as unknown,
  receivedAt: row.received_at.toISOString(),
  ...(row.redriven_at === null
    ? {}
    : {
        redrivenAt: row.redriven_at.toISOString(),
        redrivenBy: row.redriven_by,
        eventIds: row.event_ids?.split(','),
      }),
});
