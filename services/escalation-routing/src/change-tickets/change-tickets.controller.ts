import { Body, Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import {
  type CaseAct,
  type CaseTickets,
  type ChangedTickets,
  MergeCase,
  MoveTickets,
  parseCaseId,
  SplitCase,
  type TicketName,
  UndoChange,
} from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf, notFound, traceparentOf } from '@tocsin/runtime';
import { z } from 'zod';
import { etagOf } from '../case-view.js';
import { type Exchange, ExchangeOf } from '../exchange.js';
import { PinnedConfigs } from '../pinned-configs.js';
import { speakerOf } from '../respond-to-case/speaker-of.js';
import { CaseListStore } from '../show-cases/case-list.store.js';
import { ticketProblem } from './change-refusals.http.js';
import { type ChangeRequest, ChangeTickets, type TicketResult } from './change-tickets.js';
import { ShowTickets } from './show-tickets.js';

const OptionalUndo = z.preprocess((body) => body ?? {}, UndoChange);
/** No case has this id: a text that names none is refused like an id that nobody knows. */
const NO_CASE = 0n;

interface Wanted {
  readonly id: string;
  readonly kind: ChangeRequest['kind'] | 'undo';
  readonly body: Pick<CaseAct, 'person' | 'via' | 'note'>;
  readonly to?: string;
  readonly tickets?: readonly TicketName[];
  /** The member of the body that names the other case. */
  readonly target?: string;
}

@Controller('v1/cases/:id')
@UseGuards(AccessGuard)
export class ChangeTicketsController {
  constructor(
    private readonly changeTickets: ChangeTickets,
    private readonly showTickets: ShowTickets,
    private readonly cases: CaseListStore,
    private readonly configs: PinnedConfigs,
  ) {}

  @Get('tickets')
  async tickets(@Param('id') id: string, @CallerOf() { tenant }: Caller): Promise<CaseTickets> {
    const caseId = parseCaseId(id);
    const routed = caseId === undefined ? undefined : await this.cases.find(tenant, caseId);
    if (routed === undefined) throw notFound();
    return this.showTickets.of(tenant, routed.id);
  }

  @Post('merge')
  @HttpCode(200)
  merge(
    @Param('id') id: string,
    @Body({ schema: MergeCase }) { into, ...body }: MergeCase,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<ChangedTickets> {
    return this.act({ id, kind: 'merge', body, to: into, target: 'into' }, caller, exchange);
  }

  @Post('split')
  @HttpCode(200)
  split(
    @Param('id') id: string,
    @Body({ schema: SplitCase }) { tickets, ...body }: SplitCase,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<ChangedTickets> {
    return this.act({ id, kind: 'split', body, tickets }, caller, exchange);
  }

  @Post('move')
  @HttpCode(200)
  move(
    @Param('id') id: string,
    @Body({ schema: MoveTickets }) { to, tickets, ...body }: MoveTickets,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<ChangedTickets> {
    return this.act({ id, kind: 'move', body, to, tickets, target: 'to' }, caller, exchange);
  }

  @Post('undo')
  @HttpCode(200)
  undo(
    @Param('id') id: string,
    @Body({ schema: OptionalUndo }) body: UndoChange,
    @CallerOf() caller: Caller,
    @ExchangeOf() exchange: Exchange,
  ): Promise<ChangedTickets> {
    return this.act({ id, kind: 'undo', body }, caller, exchange);
  }

  private async act(
    wanted: Wanted,
    caller: Caller,
    { headers, setHeader }: Exchange,
  ): Promise<ChangedTickets> {
    const { id, kind, to, tickets, target = 'to', body } = wanted;
    const caseId = parseCaseId(id);
    if (caseId === undefined) throw notFound();
    const { tenant, actor } = caller;
    const by = speakerOf(caller, body.person, this.configs.current().config);
    const key = headers['idempotency-key'];
    const request = JSON.stringify([kind, caseId.toString(), by, wanted]);
    const said = {
      ...{ tenant, caseId, by, note: body.note, via: body.via },
      ifMatch: headers['if-match'],
      ...(key === undefined ? {} : { key: { tenant, actor, key, request } }),
      traceparent: traceparentOf(headers.traceparent),
    };
    const result: TicketResult =
      kind === 'undo'
        ? await this.changeTickets.undo(said)
        : await this.changeTickets.change({
            ...{ kind, ...said },
            ...(to === undefined ? {} : { to: parseCaseId(to) ?? NO_CASE }),
            ...(tickets === undefined ? {} : { tickets }),
          });
    if (!result.ok) throw ticketProblem(result.refused, target);
    const { from, to: other } = result.changed;
    setHeader('etag', etagOf(parseCaseId(from.id) === caseId ? from : other));
    return result.changed;
  }
}
