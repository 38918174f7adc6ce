import { Body, Controller, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { CaseAct, type CaseView, parseCaseId, ROUTING_MESSAGES, say } from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf, notFound, ProblemError, traceparentOf } from '@tocsin/runtime';
import { z } from 'zod';
import { PinnedConfigs } from '../pinned-configs.js';
import { type Exchange, ExchangeOf } from '../exchange.js';
import { AnswerOnce } from './answer-once.js';
import type { Act } from './respond-to-case.js';

/** A body may be left out. */
const OptionalAct = z.preprocess((body) => body ?? {}, CaseAct);
const Note = CaseAct.required({ note: true });

interface ActCall {
  readonly id: string;
  readonly body: CaseAct;
  readonly caller: Caller;
  readonly exchange: Exchange;
}

@Controller('v1/cases/:id')
@UseGuards(AccessGuard)
export class RespondToCaseController {
  constructor(
    private readonly answerOnce: AnswerOnce,
    private readonly configs: PinnedConfigs,
  ) {}

  @Post('acknowledge')
  @HttpCode(200)
  acknowledge(
    @Param('id') id: string,
    @Body({ schema: OptionalAct }) body: CaseAct,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<CaseView> {
    return this.act('acknowledge', { id, body, caller, exchange });
  }

  @Post('resolve')
  @HttpCode(200)
  resolve(
    @Param('id') id: string,
    @Body({ schema: OptionalAct }) body: CaseAct,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<CaseView> {
    return this.act('resolve', { id, body, caller, exchange });
  }

  @Post('escalate')
  @HttpCode(200)
  escalate(
    @Param('id') id: string,
    @Body({ schema: OptionalAct }) body: CaseAct,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<CaseView> {
    return this.act('escalate', { id, body, caller, exchange });
  }

  @Post('reopen')
  @HttpCode(200)
  reopen(
    @Param('id') id: string,
    @Body({ schema: OptionalAct }) body: CaseAct,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<CaseView> {
    return this.act('reopen', { id, body, caller, exchange });
  }

  @Post('notes')
  @HttpCode(200)
  note(
    @Param('id') id: string,
    @Body({ schema: Note }) body: CaseAct,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<CaseView> {
    return this.act('note', { id, body, caller, exchange });
  }

  private async act(act: Act, { id, body, caller, exchange }: ActCall): Promise<CaseView> {
    const caseId = parseCaseId(id);
    if (caseId === undefined) throw notFound();
    const { headers } = exchange;
    const answer = await this.answerOnce.answer({
      request: {
        tenant: caller.tenant,
        caseId,
        act,
        by: this.speakerOf(caller, body.person),
        body,
        ifMatch: headers['if-match'],
        traceparent: traceparentOf(headers.traceparent),
      },
      actor: caller.actor,
      idempotencyKey: headers['idempotency-key'],
    });
    exchange.setHeader('etag', answer.etag);
    return answer.view;
  }

  /** Operators and our own services may speak for a person; a responder's token speaks for itself. */
  private speakerOf({ role, actor }: Caller, person: string | undefined): string {
    if (person === undefined || person === actor) return actor;
    if (role === 'service') return person;
    if (role !== 'operator') throw new ProblemError(403, ROUTING_MESSAGES.speaksForOthers.en);
    if (Object.hasOwn(this.configs.current().config.people, person)) return person;
    const detail = say(ROUTING_MESSAGES.unknownPerson, 'en', { person });
    throw new ProblemError(422, 'The request does not fit the config', {
      errors: [{ pointer: '/person', detail }],
    });
  }
}
