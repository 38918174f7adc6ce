import { Controller, Get, UseGuards } from '@nestjs/common';
import type { CategoryMoves } from '@tocsin/contracts';
import { AccessGuard, type Caller, CallerOf } from '@tocsin/runtime';
import { PoolReads } from '../pool-reads.js';
import { FiledCategoryStore } from './filed-category.store.js';

@Controller('v1/category-moves')
@UseGuards(AccessGuard)
export class CategoryMovesController {
  constructor(
    private readonly filed: FiledCategoryStore,
    private readonly reads: PoolReads,
  ) {}

  @Get()
  async list(@CallerOf() { tenant }: Caller): Promise<CategoryMoves> {
    return { moves: await this.filed.list(this.reads, tenant) };
  }
}
