import { randomBytes } from 'node:crypto';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { type ContactMethod, type ContactMethodView, NewContactMethod } from '@tocsin/contracts';
import { AccessGuard, Allow, type Caller, CallerOf, notFound, ProblemError } from '@tocsin/runtime';
import { shownAddress } from '../channels/webhook/shown-address.js';
import { faultOfSecret } from '../channels/webhook/sign-webhook.js';
import { ContactBook } from './contact-book.js';
import { ContactMethodStore, type StoredContactMethod } from './contact-method.store.js';
import { SecretBox } from './secret-box.js';
import { UrlCheck } from './url-check.js';

/** Webhooks that the API adds to people. They stand beside the config tree and survive every change of it. */
@Controller('/v1/contact-methods')
@UseGuards(AccessGuard)
export class ContactMethodsController {
  constructor(
    private readonly store: ContactMethodStore,
    private readonly book: ContactBook,
    private readonly box: SecretBox,
    private readonly urls: UrlCheck,
  ) {}

  /** By an operator's token, so it counts as verified. */
  @Post()
  @Allow('operator', 'service')
  async add(
    @Body({ schema: NewContactMethod }) body: NewContactMethod,
    @CallerOf() caller: Caller,
  ): Promise<ContactMethodView> {
    const errors = await this.faultsOf(body);
    if (errors.length > 0) throw new ProblemError(422, 'The contact method cannot be used', { errors });
    const method: StoredContactMethod = {
      id: `hook-${randomBytes(8).toString('hex')}`,
      tenant: caller.tenant,
      person: body.person,
      kind: body.kind,
      url: new URL(body.url).href,
      secret: body.secret === undefined ? null : this.box.seal(body.secret),
      bands: body.bands,
    };
    await this.store.add(method, caller.actor);
    return viewOf(method);
  }

  @Get()
  async list(
    @CallerOf() caller: Caller,
    @Query('person') person?: string,
  ): Promise<{ methods: ContactMethodView[] }> {
    const added = await this.store.list(caller.tenant, person);
    return { methods: [...this.fromConfig(person), ...added.map(viewOf)] };
  }

  @Delete('/:id')
  @Allow('operator', 'service')
  @HttpCode(204)
  async remove(@Param('id') id: string, @CallerOf() caller: Caller): Promise<void> {
    if (!(await this.store.remove(caller.tenant, id))) throw notFound();
  }

  private async faultsOf(body: NewContactMethod): Promise<{ pointer: string; detail: string }[]> {
    const person =
      this.book.person(body.person) === undefined
        ? `${body.person} is no person of the config; add the person first`
        : undefined;
    const secret = body.secret === undefined ? undefined : faultOfSecret(body.secret);
    const url = await this.urls.refusalOf(body.url);
    return Object.entries({ person, url, secret }).flatMap(([name, detail]) =>
      detail === undefined ? [] : [{ pointer: `/${name}`, detail }],
    );
  }

  private fromConfig(person: string | undefined): ContactMethodView[] {
    return this.book.names().flatMap((name) =>
      person !== undefined && name !== person
        ? []
        : Object.entries(this.book.person(name)?.contact ?? {}).map(([id, method]) => ({
            id,
            person: name,
            ...kindAndAddress(method),
            verified: true,
            by: 'config' as const,
          })),
    );
  }
}

const viewOf = (m: StoredContactMethod): ContactMethodView => ({
  id: m.id,
  person: m.person,
  kind: m.kind,
  address: shownAddress(m.url),
  verified: true,
  by: 'person',
});

function kindAndAddress(method: ContactMethod): { kind: string; address: string } {
  if ('webhook' in method) return { kind: 'webhook', address: shownAddress(method.webhook) };
  if ('email' in method) return { kind: 'email', address: method.email };
  if ('sms' in method) return { kind: 'sms', address: method.sms };
  if ('call' in method) return { kind: 'call', address: method.call };
  return { kind: 'push' in method ? 'push' : 'sandbox', address: 'sandbox' };
}
