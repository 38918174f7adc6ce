import { randomBytes } from 'node:crypto';
import { Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import {
  OUTGOING_TEXTS,
  type OutgoingWebhookList,
  type OutgoingWebhookView,
  type ReplayedDeliveries,
  type WebhookDeliveries,
  WebhookDeliveriesQuery,
  WebhookReplayQuery,
} from '@tocsin/contracts';
import { AccessGuard, Allow, type Caller, CallerOf, notFound, ProblemError } from '@tocsin/runtime';
import type { Endpoint } from '../send-webhooks/webhook-book.js';
import { OperateWebhooks } from './operate-webhooks.js';

/** Outgoing webhooks: what became of their deliveries, and the hand on their switch. They are made in the config. */
@Controller('/v1/outgoing-webhooks')
@UseGuards(AccessGuard)
export class WebhooksController {
  constructor(private readonly webhooks: OperateWebhooks) {}

  @Get()
  async list(@CallerOf() { tenant }: Caller): Promise<OutgoingWebhookList> {
    return { webhooks: await this.webhooks.list(tenant) };
  }

  @Get('/:name/deliveries')
  log(
    @Param('name') name: string,
    @CallerOf() caller: Caller,
    @Query({ schema: WebhookDeliveriesQuery }) query: WebhookDeliveriesQuery,
  ): Promise<WebhookDeliveries> {
    return this.webhooks.log(this.known(name, caller), query);
  }

  @Post('/:name/pause')
  @Allow('operator')
  @HttpCode(200)
  pause(@Param('name') name: string, @CallerOf() caller: Caller): Promise<OutgoingWebhookView> {
    return this.webhooks.pause(this.known(name, caller), caller.actor);
  }

  @Post('/:name/resume')
  @Allow('operator')
  @HttpCode(200)
  resume(@Param('name') name: string, @CallerOf() caller: Caller): Promise<OutgoingWebhookView> {
    return this.webhooks.resume(this.known(name, caller));
  }

  @Post('/:name/test')
  @Allow('operator')
  @HttpCode(202)
  async test(@Param('name') name: string, @CallerOf() caller: Caller): Promise<{ id: string }> {
    const endpoint = this.known(name, caller);
    const id = `msg_${randomBytes(16).toString('hex')}`;
    if (!(await this.webhooks.test(endpoint, { id, by: caller.actor })))
      throw new ProblemError(409, OUTGOING_TEXTS.stopped.en, {
        detail: `tocsin webhooks list says why; tocsin webhooks resume ${name} opens it.`,
      });
    return { id };
  }

  @Post('/:name/deliveries/:id/replay')
  @Allow('operator')
  @HttpCode(202)
  async replay(
    @Param('name') name: string,
    @Param('id') id: string,
    @CallerOf() caller: Caller,
  ): Promise<ReplayedDeliveries> {
    const state = await this.webhooks.replayOne(this.known(name, caller), { id, by: caller.actor });
    if (state === undefined) throw notFound();
    if (state === 'sending')
      throw new ProblemError(409, OUTGOING_TEXTS.beingSent.en, { detail: 'Look at its outcome first.' });
    return { replayed: 1 };
  }

  @Post('/:name/replay')
  @Allow('operator')
  @HttpCode(202)
  async replaySpan(
    @Param('name') name: string,
    @CallerOf() caller: Caller,
    @Query({ schema: WebhookReplayQuery }) query: WebhookReplayQuery,
  ): Promise<ReplayedDeliveries> {
    return { replayed: await this.webhooks.replaySpan(this.known(name, caller), query, caller.actor) };
  }

  private known(name: string, { tenant }: Caller): Endpoint {
    const endpoint = this.webhooks.one(tenant, name);
    if (endpoint === undefined) throw notFound();
    return endpoint;
  }
}
