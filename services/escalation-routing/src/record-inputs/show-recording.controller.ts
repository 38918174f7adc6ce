import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import {
  type Instant,
  instantOf,
  isoOf,
  type RecordedInputs,
  RecordedInputsQuery,
  type Recording,
  RecordingQuery,
} from '@tocsin/contracts';
import { AccessGuard, Allow, type Caller, CallerOf } from '@tocsin/runtime';
import { recordedView } from '../plan-maintenance/window-view.js';
import { QuietWindowStore } from '../quiet-window.store.js';
import { changeView } from '../change-shifts/change-view.js';
import { ClockStore } from '../clock.store.js';
import { PoolReads } from '../pool-reads.js';
import { ShiftChangeStore } from '../shift-change.store.js';
import { LINES_PER_PAGE, RecordingStore } from './recording.store.js';

/**
 * A transaction takes less, and so does a timer when nothing is wrong: what is older than this is written. Later lines
 * are given too, because they tell how late the timers before them were.
 */
const SETTLED_MS = 60_000;

/** How far back without being asked: 30 days. */
const SHOWN_MS = 30 * 86_400_000;

/** What `tocsin simulate` and console's judgement of a plan read: no replay runs in a thread that pages. */
@Controller('v1/simulations')
@UseGuards(AccessGuard)
@Allow('operator', 'responder', 'service')
export class ShowRecordingController {
  constructor(
    private readonly recording: RecordingStore,
    private readonly changes: ShiftChangeStore,
    private readonly windows: QuietWindowStore,
    private readonly reads: PoolReads,
    private readonly clock: ClockStore,
  ) {}

  @Get('recording')
  async show(
    @Query({ schema: RecordingQuery }) query: RecordingQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<Recording> {
    const from = await this.fromOf(query);
    const { now, first, lines } = await this.recording.span(tenant, from);
    const until = now - SETTLED_MS;
    const revisions = await this.recording.revisions(tenant, from);
    const changes = await this.changes.touching(this.reads, tenant, { from: first ?? from, until: now });
    const windows = await this.windows.touching(this.reads, tenant, first ?? from);
    return {
      from: isoOf(Math.max(from, first ?? from)),
      until: isoOf(until),
      inputs: lines,
      revisions,
      changes: changes.map(changeView),
      windows: windows.map((window) => recordedView(window, now)),
    };
  }

  @Get('inputs')
  async inputs(
    @Query({ schema: RecordedInputsQuery }) query: RecordedInputsQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<RecordedInputs> {
    const inputs = await this.recording.lines(tenant, await this.fromOf(query), query.after);
    const last = inputs.length < LINES_PER_PAGE ? undefined : inputs.at(-1)?.id;
    return { inputs, ...(last === undefined ? {} : { next: last }) };
  }

  private async fromOf({ from }: RecordingQuery): Promise<Instant> {
    return from === undefined ? (await this.clock.now()) - SHOWN_MS : instantOf(from);
  }
}
