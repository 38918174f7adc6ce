import type { CaseBrief, CaseEvent } from '@tocsin/contracts';

export const aBrief = (more: Partial<CaseBrief> = {}): CaseBrief => ({
  ...{ state: 'acknowledged', priority: 'P1', restricted: false },
  ...{
    subject: 'LIVE payout missing',
    source: 'zendesk',
    ticketKey: 'T-1',
    link: 'https://zendesk.example/T-1',
  },
  ...{ policy: 'live-pay', acknowledgedBy: 'bo', openedAt: '2026-11-28T02:59:00.000Z', version: 3 },
  ...{
    party: 'creator',
    category: 'live.payout',
    market: 'SG',
    language: 'en',
    channel: 'chat',
    tier: 'top',
  },
  ...{ service: 'live-payouts', status: 'open', events: 2 },
  ...more,
});

export const toldCase = (more: Partial<CaseEvent> = {}): CaseEvent => ({
  ...{ type: 'CaseAcknowledged', tenant: 'default', caseId: '4F7', epoch: 1, by: 'bo' },
  at: '2026-11-28T03:00:00.000Z',
  facts: { via: 'link' },
  case: aBrief(),
  ...more,
});
