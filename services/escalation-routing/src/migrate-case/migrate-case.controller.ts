import { Controller, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { type MigratedCase, parseCaseId, ROUTING_MESSAGES } from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf, notFound, ProblemError, traceparentOf } from '@tocsin/runtime';
import { z } from 'zod';
import { type Exchange, ExchangeOf } from '../exchange.js';
import { problemOf } from '../respond-to-case/refusals.http.js';
import { MigrateCase } from './migrate-case.js';

const MigrateQuery = z.object({ preview: z.enum(['true', 'false']).default('false') });
type MigrateQuery = z.infer<typeof MigrateQuery>;

@Controller('v1/cases/:id/migrate')
@UseGuards(AccessGuard)
export class MigrateCaseController {
  constructor(private readonly migrateCase: MigrateCase) {}

  @Post()
  @HttpCode(200)
  async migrate(
    @Param('id') id: string,
    @Query({ schema: MigrateQuery }) { preview }: MigrateQuery,
    @CallerOf() { tenant, actor, role }: Caller,
    @ExchangeOf() { headers }: Exchange,
  ): Promise<MigratedCase> {
    if (role !== 'operator') throw new ProblemError(403, ROUTING_MESSAGES.operatorsOnly.en);
    const caseId = parseCaseId(id);
    if (caseId === undefined) throw notFound();
    const result = await this.migrateCase.migrate({
      ...{ tenant, caseId, by: actor, preview: preview === 'true' },
      traceparent: traceparentOf(headers.traceparent),
    });
    if (!result.ok) throw problemOf(result.refused);
    return result.migrated;
  }
}
