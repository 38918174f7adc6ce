import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import {
  type MaintenanceList,
  type MaintenancePreview,
  MaintenancePreviewBody,
  MaintenanceQuery,
  type MaintenanceView,
  NewMaintenance,
  ROUTING_MESSAGES,
} from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf, ProblemError } from '@tocsin/runtime';
import { PlanMaintenance } from './plan-maintenance.js';
import { ShowMaintenance } from './show-maintenance.js';
import { problemOf } from './window-refusal.js';

@Controller('v1/maintenance')
@UseGuards(AccessGuard)
export class PlanMaintenanceController {
  constructor(
    private readonly planMaintenance: PlanMaintenance,
    private readonly showMaintenance: ShowMaintenance,
  ) {}

  @Get()
  list(
    @Query({ schema: MaintenanceQuery }) { over }: MaintenanceQuery,
    @CallerOf() { tenant }: Caller,
  ): Promise<MaintenanceList> {
    return this.showMaintenance.list(tenant, over === 'true');
  }

  @Post('preview')
  @HttpCode(200)
  async preview(
    @Body({ schema: MaintenancePreviewBody }) body: MaintenancePreviewBody,
    @CallerOf() { tenant }: Caller,
  ): Promise<MaintenancePreview> {
    const previewed = await this.showMaintenance.preview(tenant, body);
    if (!previewed.ok) throw problemOf({ reason: 'faults', faults: previewed.faults });
    return previewed.preview;
  }

  @Post()
  record(
    @Body({ schema: NewMaintenance }) body: NewMaintenance,
    @CallerOf() caller: Caller,
  ): Promise<MaintenanceView> {
    return this.act(caller, (by) => this.planMaintenance.record(body, by));
  }

  @Post(':id/end')
  @HttpCode(200)
  end(@Param('id') id: string, @CallerOf() caller: Caller): Promise<MaintenanceView> {
    return this.act(caller, (by) => this.planMaintenance.end(id, by));
  }

  @Delete(':id')
  cancel(@Param('id') id: string, @CallerOf() caller: Caller): Promise<MaintenanceView> {
    return this.act(caller, (by) => this.planMaintenance.cancel(id, by));
  }

  private async act(
    { tenant, actor, role }: Caller,
    act: (caller: { tenant: string; by: string }) => ReturnType<PlanMaintenance['end']>,
  ): Promise<MaintenanceView> {
    if (role !== 'operator') throw new ProblemError(403, ROUTING_MESSAGES.operatorsOnly.en);
    const result = await act({ tenant, by: actor });
    if (!result.ok) throw problemOf(result.refused);
    return result.window;
  }
}
