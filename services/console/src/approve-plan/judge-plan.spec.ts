import { describe, expect, it } from '@jest/globals';
import type { PlanRisk } from '@tocsin/rules';
import { type JudgedPlan, mayApply } from './judge-plan.js';

const risk = (weight: PlanRisk['weight']) => ({ weight }) as PlanRisk;
const plan = (risks: PlanRisk[], more: Partial<JudgedPlan> = {}): JudgedPlan => ({
  ...{ base: 1, hash: 'h', risks, approvals: [], isStale: false, hasSecond: true },
  ...more,
});
const bo = { subject: 'bo', breakGlass: false };

describe('who may apply a plan', () => {
  it.each([
    ['makes nothing worse', plan([]), { may: 'apply' }],
    ['only warns', plan([risk('warning')]), { may: 'apply' }],
    ['worsens', plan([risk('second-approver')]), { may: 'not', why: 'needs-approver' }],
    [
      'worsens where nobody else operates',
      plan([risk('second-approver')], { hasSecond: false }),
      { may: 'apply' },
    ],
    [
      'leaves a P1 hole where nobody else operates',
      plan([risk('blocks')], { hasSecond: false }),
      { may: 'not', why: 'p1-uncovered' },
    ],
  ])('a plan that %s', (_, judged, permission) => {
    expect(mayApply(judged, bo)).toEqual(permission);
  });
});
