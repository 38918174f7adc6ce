import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import {
  type ChangedShifts,
  type ImportedLeaveView,
  LeaveImport,
  NewLeave,
  NewOverride,
  NewSwap,
  NewTemporarySchedule,
  PreviewQuery,
  type ShiftChangeList,
  ShiftChangeQuery,
} from '@tocsin/contracts';
import type { ShiftChange } from '@tocsin/rules';
import { AccessGuard, type Caller, CallerOf } from '@tocsin/runtime';
import type { UnrecordedChange } from '../shift-change.store.js';
import { type ChangeRequest, ChangeShifts } from './change-shifts.js';
import { leaveOf, overrideOf, swapOf, temporaryOf } from './change-view.js';
import { ImportLeave } from './import-leave.js';
import { ListChanges } from './list-changes.js';
import { refusedImport } from './refused-import.http.js';
import { refusedChange } from './refused-change.http.js';

@Controller('v1')
@UseGuards(AccessGuard)
export class ChangeShiftsController {
  constructor(
    private readonly changeShifts: ChangeShifts,
    private readonly listChanges: ListChanges,
    private readonly importOf: ImportLeave,
  ) {}

  @Post('overrides')
  @HttpCode(200)
  recordOverride(
    @Body({ schema: NewOverride }) body: NewOverride,
    @Query({ schema: PreviewQuery }) query: PreviewQuery,
    @CallerOf() caller: Caller,
  ): Promise<ChangedShifts> {
    return this.record(overrideOf(body), query, caller);
  }

  @Delete('overrides/:id')
  cancelOverride(
    @Param('id') id: string,
    @Query({ schema: PreviewQuery }) query: PreviewQuery,
    @CallerOf() caller: Caller,
  ): Promise<ChangedShifts> {
    return this.cancel('override', id, requestOf(caller, query));
  }

  @Get('overrides')
  listOverrides(
    @Query({ schema: ShiftChangeQuery }) query: ShiftChangeQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<ShiftChangeList> {
    return this.listChanges.list(tenant, 'override', query);
  }

  @Post('swaps')
  @HttpCode(200)
  recordSwap(
    @Body({ schema: NewSwap }) body: NewSwap,
    @Query({ schema: PreviewQuery }) query: PreviewQuery,
    @CallerOf() caller: Caller,
  ): Promise<ChangedShifts> {
    return this.record(swapOf(body), query, caller);
  }

  @Delete('swaps/:id')
  cancelSwap(
    @Param('id') id: string,
    @Query({ schema: PreviewQuery }) query: PreviewQuery,
    @CallerOf() caller: Caller,
  ): Promise<ChangedShifts> {
    return this.cancel('swap', id, requestOf(caller, query));
  }

  @Get('swaps')
  listSwaps(
    @Query({ schema: ShiftChangeQuery }) query: ShiftChangeQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<ShiftChangeList> {
    return this.listChanges.list(tenant, 'swap', query);
  }

  @Post('temporary-schedules')
  @HttpCode(200)
  recordTemporary(
    @Body({ schema: NewTemporarySchedule }) body: NewTemporarySchedule,
    @Query({ schema: PreviewQuery }) query: PreviewQuery,
    @CallerOf() caller: Caller,
  ): Promise<ChangedShifts> {
    return this.record(temporaryOf(body), query, caller);
  }

  @Delete('temporary-schedules/:id')
  cancelTemporary(
    @Param('id') id: string,
    @Query({ schema: PreviewQuery }) query: PreviewQuery,
    @CallerOf() caller: Caller,
  ): Promise<ChangedShifts> {
    return this.cancel('temporary', id, requestOf(caller, query));
  }

  @Get('temporary-schedules')
  listTemporary(
    @Query({ schema: ShiftChangeQuery }) query: ShiftChangeQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<ShiftChangeList> {
    return this.listChanges.list(tenant, 'temporary', query);
  }

  @Post('leave')
  @HttpCode(200)
  recordLeave(
    @Body({ schema: NewLeave }) body: NewLeave,
    @Query({ schema: PreviewQuery }) query: PreviewQuery,
    @CallerOf() caller: Caller,
  ): Promise<ChangedShifts> {
    return this.record(leaveOf(body), query, caller);
  }

  @Post('leave/import')
  @HttpCode(200)
  async importLeave(
    @Body({ schema: LeaveImport }) body: LeaveImport,
    @Query({ schema: PreviewQuery }) query: PreviewQuery,
    @CallerOf() caller: Caller,
  ): Promise<ImportedLeaveView> {
    const result = await this.importOf.take(body, requestOf(caller, query));
    if (!result.ok) throw refusedImport(result.refused);
    return result.value;
  }

  @Delete('leave/:id')
  cancelLeave(
    @Param('id') id: string,
    @Query({ schema: PreviewQuery }) query: PreviewQuery,
    @CallerOf() caller: Caller,
  ): Promise<ChangedShifts> {
    return this.cancel('leave', id, requestOf(caller, query));
  }

  @Get('leave')
  listLeave(
    @Query({ schema: ShiftChangeQuery }) query: ShiftChangeQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<ShiftChangeList> {
    return this.listChanges.list(tenant, 'leave', query);
  }

  private async record(
    change: UnrecordedChange,
    query: PreviewQuery,
    caller: Caller,
  ): Promise<ChangedShifts> {
    const result = await this.changeShifts.record(change, requestOf(caller, query));
    if (!result.ok) throw refusedChange(result.refused);
    return result.value;
  }

  private async cancel(
    kind: ShiftChange['kind'],
    id: string,
    request: ChangeRequest,
  ): Promise<ChangedShifts> {
    const result = await this.changeShifts.cancel(kind, id, request);
    if (!result.ok) throw refusedChange(result.refused);
    return result.value;
  }
}

/** Operators may change anybody's shifts, also on behalf; a responder's token changes what is their own. */
const requestOf = ({ tenant, actor, role }: Caller, { preview }: PreviewQuery): ChangeRequest => ({
  tenant,
  by: actor,
  preview,
  ...(role === 'responder' ? { only: actor } : {}),
});
