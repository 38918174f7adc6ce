import { Body, Controller, Headers, HttpCode, Param, Post, Res, UseGuards } from '@nestjs/common';
import { CaseAct, parseCaseId, ROUTING_MESSAGES, say } from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf, notFound, ProblemError, traceparentOf } from '@tocsin/runtime';
import { z } from 'zod';
import { PinnedConfigs } from '../pinned-configs.js';
import { AnswerOnce } from './answer-once.js';
import type { Act } from './respond-to-case.js';

/** The parts of Fastify's reply that are used here. */
interface Reply {
  header(name: string, value: string): unknown;
  status(code: number): unknown;
}

interface ActHeaders {
  readonly 'idempotency-key'?: string;
  readonly 'if-match'?: string;
  readonly traceparent?: string;
}

/** A body may be left out. */
const OptionalAct = z.preprocess((body) => body ?? {}, CaseAct);
const Note = CaseAct.required({ note: true });

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
    @Headers() headers: ActHeaders,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<unknown> {
    return this.act('acknowledge', id, body, headers, caller, reply);
  }

  @Post('resolve')
  @HttpCode(200)
  resolve(
    @Param('id') id: string,
    @Body({ schema: OptionalAct }) body: CaseAct,
    @Headers() headers: ActHeaders,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<unknown> {
    return this.act('resolve', id, body, headers, caller, reply);
  }

  @Post('escalate')
  @HttpCode(200)
  escalate(
    @Param('id') id: string,
    @Body({ schema: OptionalAct }) body: CaseAct,
    @Headers() headers: ActHeaders,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<unknown> {
    return this.act('escalate', id, body, headers, caller, reply);
  }

  @Post('reopen')
  @HttpCode(200)
  reopen(
    @Param('id') id: string,
    @Body({ schema: OptionalAct }) body: CaseAct,
    @Headers() headers: ActHeaders,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<unknown> {
    return this.act('reopen', id, body, headers, caller, reply);
  }

  @Post('notes')
  @HttpCode(200)
  note(
    @Param('id') id: string,
    @Body({ schema: Note }) body: CaseAct,
    @Headers() headers: ActHeaders,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<unknown> {
    return this.act('note', id, body, headers, caller, reply);
  }

  private async act(
    act: Act,
    id: string,
    body: CaseAct,
    headers: ActHeaders,
    caller: Caller,
    reply: Reply,
  ): Promise<unknown> {
    const caseId = parseCaseId(id);
    if (caseId === undefined) throw notFound();
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
    reply.header('etag', answer.etag);
    return answer.view;
  }

  /** Operators and our own services may speak for a person; a responder's token speaks for itself. */
  private speakerOf({ role, actor }: Caller, person: string | undefined): string {
    if (person === undefined || person === actor) return actor;
    if (role === 'service') return person;
    if (role !== 'operator') throw new ProblemError(403, ROUTING_MESSAGES.speaksForOthers.en);
    if (this.configs.current().config.people[person] !== undefined) return person;
    const detail = say(ROUTING_MESSAGES.unknownPerson, 'en', { person });
    throw new ProblemError(422, 'The request does not fit the config', {
      errors: [{ pointer: '/person', detail }],
    });
  }
}
