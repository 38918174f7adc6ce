import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { caseIdText, parseCaseId } from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf, ProblemError } from '@tocsin/runtime';
import { DeliveryStore, type DeliveryRow } from './delivery.store.js';

/** `GET /v1/deliveries?case=`: every attempt of a case, in the order of its due times. */
@Controller('/v1/deliveries')
@UseGuards(AccessGuard)
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveryStore) {}

  @Get()
  async list(
    @CallerOf() caller: Caller,
    @Query('case') caseId?: string,
  ): Promise<{ deliveries: DeliveryRow[] }> {
    const id = parseCaseId(caseId ?? '');
    if (id === undefined)
      throw new ProblemError(422, 'Which case?', {
        errors: [{ pointer: '/case', detail: 'the id of a case, such as 4F7K2' }],
      });
    return { deliveries: await this.deliveries.ofCase(caller.tenant, caseIdText(id)) };
  }
}
