import { Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { AccessGuard, Allow, type Caller, CallerOf, notFound } from '@tocsin/runtime';
import { DeadLetterStore } from './dead-letter.store.js';

/** Events that no handler could take, of all services: to look at, and to hand over again once the cause is mended. */
@Controller('v1/dead-letters')
@UseGuards(AccessGuard)
@Allow('operator')
export class DeadLettersController {
  constructor(private readonly letters: DeadLetterStore) {}

  @Get()
  async list(@CallerOf() { tenant }: Caller): Promise<object> {
    return { entries: await this.letters.list(tenant) };
  }

  /** The service that reads the group does it within seconds. Idempotent; 404 once the letter has been handled. */
  @Post(':id/redrive')
  @HttpCode(202)
  async redrive(@Param('id') id: string, @CallerOf() { tenant, actor }: Caller): Promise<object> {
    const group = /^\d{1,18}$/.test(id) ? await this.letters.ask(tenant, id, actor) : undefined;
    if (group === undefined) throw notFound();
    return { id, group, state: 'asked' };
  }
}
