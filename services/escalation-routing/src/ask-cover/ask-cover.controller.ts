import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import {
  type AnsweredCover,
  type CoverRequestList,
  CoverRequestQuery,
  type CoverRequestView,
  NewCoverAnswer,
  NewCoverRequest,
  type ShiftNoticeList,
  ShiftNoticeQuery,
} from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf, notFound } from '@tocsin/runtime';
import { AskCover, type CoverCaller, type CoverResult } from './ask-cover.js';
import { refusedCover } from './refused-cover.http.js';
import { ShowCover } from './show-cover.js';

@Controller('v1')
@UseGuards(AccessGuard)
export class AskCoverController {
  constructor(
    private readonly askCover: AskCover,
    private readonly showCover: ShowCover,
  ) {}

  @Post('cover-requests')
  @HttpCode(200)
  async ask(
    @Body({ schema: NewCoverRequest }) body: NewCoverRequest,
    @CallerOf() caller: Caller,
  ): Promise<AnsweredCover> {
    return answerOf(await this.askCover.ask(body, callerOf(caller)));
  }

  @Get('cover-requests')
  list(
    @Query({ schema: CoverRequestQuery }) query: CoverRequestQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<CoverRequestList> {
    return this.showCover.list(tenant, query);
  }

  @Get('cover-requests/:id')
  async one(@Param('id') id: string, @CallerOf() { tenant }: Caller): Promise<CoverRequestView> {
    const found = await this.showCover.one(tenant, id);
    if (found === undefined) throw notFound();
    return found;
  }

  @Post('cover-requests/:id/accept')
  @HttpCode(200)
  accept(
    @Param('id') id: string,
    @Body({ schema: NewCoverAnswer }) body: NewCoverAnswer,
    @CallerOf() caller: Caller,
  ): Promise<AnsweredCover> {
    return this.answer(id, { ...body, answer: 'accepted' }, caller);
  }

  @Post('cover-requests/:id/decline')
  @HttpCode(200)
  decline(
    @Param('id') id: string,
    @Body({ schema: NewCoverAnswer }) body: NewCoverAnswer,
    @CallerOf() caller: Caller,
  ): Promise<AnsweredCover> {
    return this.answer(id, { ...body, answer: 'declined' }, caller);
  }

  @Delete('cover-requests/:id')
  async cancel(@Param('id') id: string, @CallerOf() caller: Caller): Promise<AnsweredCover> {
    return answerOf(await this.askCover.cancel(id, callerOf(caller)));
  }

  @Get('shift-notices')
  told(
    @Query({ schema: ShiftNoticeQuery }) query: ShiftNoticeQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<ShiftNoticeList> {
    return this.showCover.told(tenant, query);
  }

  private async answer(
    id: string,
    answer: Parameters<AskCover['answer']>[1],
    caller: Caller,
  ): Promise<AnsweredCover> {
    return answerOf(await this.askCover.answer(id, answer, callerOf(caller)));
  }
}

function answerOf(result: CoverResult): AnsweredCover {
  if (!result.ok) throw refusedCover(result.refused);
  return result.value;
}

/** Operators ask and answer on behalf of anybody; a responder's token speaks for its own person. */
const callerOf = ({ tenant, actor, role }: Caller): CoverCaller => ({
  tenant,
  by: actor,
  ...(role === 'responder' ? { only: actor } : {}),
});
