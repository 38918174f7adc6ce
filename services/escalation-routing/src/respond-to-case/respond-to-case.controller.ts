import { Body, Controller, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { CaseAct, type CaseView, ResolveCase } from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf } from '@tocsin/runtime';
import { z } from 'zod';
import { type Exchange, ExchangeOf } from '../exchange.js';
import { ActOverHttp } from './act-over-http.js';
import { resolutionOf } from './resolution-of.js';

/** A body may be left out. */
const OptionalAct = z.preprocess((body) => body ?? {}, CaseAct);
const OptionalResolve = z.preprocess((body) => body ?? {}, ResolveCase);
const Note = CaseAct.required({ note: true });

@Controller('v1/cases/:id')
@UseGuards(AccessGuard)
export class RespondToCaseController {
  constructor(private readonly overHttp: ActOverHttp) {}

  @Post('acknowledge')
  @HttpCode(200)
  acknowledge(
    @Param('id') id: string,
    @Body({ schema: OptionalAct }) body: CaseAct,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<CaseView> {
    return this.overHttp.act({ id, act: 'acknowledge', body, caller, exchange });
  }

  @Post('resolve')
  @HttpCode(200)
  resolve(
    @Param('id') id: string,
    @Body({ schema: OptionalResolve }) asked: ResolveCase,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<CaseView> {
    const { rest: body, wish } = resolutionOf(asked);
    return this.overHttp.act({ id, act: 'resolve', body, ...wish, caller, exchange });
  }

  @Post('escalate')
  @HttpCode(200)
  escalate(
    @Param('id') id: string,
    @Body({ schema: OptionalAct }) body: CaseAct,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<CaseView> {
    return this.overHttp.act({ id, act: 'escalate', body, caller, exchange });
  }

  @Post('reopen')
  @HttpCode(200)
  reopen(
    @Param('id') id: string,
    @Body({ schema: OptionalAct }) body: CaseAct,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<CaseView> {
    return this.overHttp.act({ id, act: 'reopen', body, caller, exchange });
  }

  @Post('notes')
  @HttpCode(200)
  note(
    @Param('id') id: string,
    @Body({ schema: Note }) body: CaseAct,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<CaseView> {
    return this.overHttp.act({ id, act: 'note', body, caller, exchange });
  }
}
