import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  type AttemptRecorded,
  caseIdText,
  type ConfigTree,
  type DeliveryEvent,
  type Language,
} from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import type { CaseRequest } from '../respond-to-case/respond-to-case.js';
import { routingOn, type RoutingRig, ticketEvent, TREE } from '../routing.rig.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

/** A window on Mondays 04:00–05:00 UTC, noon in Singapore, and a promise that is about to be missed at the end of it. */
const TREE_OF_STORY: ConfigTree = {
  ...TREE,
  people: {
    ...TREE.people,
    bo: { name: '陈波', timeZone: 'Asia/Singapore', contact: { desk: { sandbox: true } } },
  },
  maintenance: [
    {
      ...{ name: 'upload weekly', services: ['payouts'], every: 'Mon', from: '12:00', for: '60m' },
      ...{ timeZone: 'Asia/Singapore', until: '2027-01-31' },
    },
  ],
  sla: [
    {
      name: 'gold',
      calendar: '24x7',
      when: 'true',
      targets: { acknowledge: { P1: '15m' }, resolve: { P1: '4h' } },
    },
  ],
};

let database: TestDatabase;
let rig: RoutingRig;
let clock: FakeClock;
let id: bigint;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, [TREE_OF_STORY]);
  clock = await FakeClock.install(database);
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});

async function at(time: string): Promise<void> {
  await clock.stop(`2026-11-02T${time}Z`);
  await rig.routing.advanceSla.advance();
  await rig.routing.advanceDue.advance();
}

const deliver = (events: readonly DeliveryEvent[]): Promise<void> =>
  rig.connections.transactions.run('hot', (tx) =>
    rig.routing.recordDelivery.record(
      tx,
      events.map((event) => ({ event })),
    ),
  );

const act = (kind: CaseRequest['act'], by: string, more: Partial<CaseRequest> = {}) =>
  rig.routing.respondToCase.respond({
    tenant: 'default',
    caseId: id,
    act: kind,
    by,
    body: { via: 'web' },
    ...more,
  });

async function told(language: Language): Promise<string[]> {
  const { events } = await rig.routing.showTimeline.show({ tenant: 'default', id });
  return events.map(({ at: instant, text }) => `${instant.slice(11, 16)} ${text[language]}`);
}

describe('the timeline of a story', () => {
  it('is read as sentences, in English and in Chinese', async () => {
    await at('04:50:00');
    await rig.triage([ticketEvent({ ticketKey: 'T-1', subject: 'Payout missing' })]);
    const [row] = await rig.query<{ id: string }>(
      'SELECT id::text AS id FROM escalation_routing.case_record',
    );
    id = BigInt(row?.id ?? 0);
    const page = { caseId: caseIdText(id), epoch: 1, round: 1, step: 0, tenant: 'default', person: 'ana' };
    await at('05:00:00');
    const attempt: AttemptRecorded = {
      ...{ ...page, type: 'AttemptRecorded', channel: 'sandbox', method: 'desk', try: 1, state: 'failed' },
      ...{ repeat: false, reason: 'sandbox phone: switched off', at: '2026-11-02T05:00:01.000Z' },
    };
    await at('05:00:01');
    await deliver([attempt]);
    await deliver([
      { ...page, type: 'PageUnreachable', reason: 'all ways failed', at: '2026-11-02T05:00:01.000Z' },
    ]);
    await at('05:02:00');
    await act('acknowledge', 'bo', { body: { via: 'web', note: 'The bank is slow.' } });
    await act('add-responder', 'bo', { wish: { responder: 'dee' } });
    await act('acknowledge', 'dee');
    await at('05:30:00');
    await act('snooze', 'bo', { wish: { seconds: 3600, reason: 'waiting for the bank' } });
    await at('06:30:00');
    await act('resolve', 'chen', { wish: { resolution: { cause: 'bank', reply: 'Paid.' } } });
    expect(await told('en')).toEqual([
      '04:50 demo opened the case as P1: severity «critical» of source demo means P1; service payouts.',
      '04:50 The escalation begins by policy «live-pay» with 2 steps.',
      '04:50 Quiet until 2026-11-02T05:00:00Z: maintenance window «upload weekly»; held back: step «on-call».',
      '04:50 Promised by «gold» at P1, in calendar 24x7: acknowledgement by 2026-11-02T05:05:00Z, resolution by 2026-11-02T08:50:00Z.',
      '05:00 Quiet no longer, after 10 min (maintenance window «upload weekly»): what was held back goes on.',
      '05:00 Step 1 of 2 «on-call» pages Ana (schedule primary, layer 1); without an answer it goes on in 2 min.',
      '05:00 Sandbox phone to Ana (desk): failed, sandbox phone: switched off.',
      '05:00 Ana cannot be reached: all ways failed.',
      '05:00 Step 1 «on-call» is left at once: nobody of it can be reached.',
      '05:00 Step 2 of 2 «owner» pages 陈波 (tier2 of payouts: 陈波); without an answer it goes on in 3 min.',
      '05:02 At risk: acknowledgement of «gold», 15 min of working time, due 2026-11-02T05:05:00Z.',
      '05:02 陈波 took the case (via web).',
      '05:02 陈波 noted: «The bank is slow.» (via web).',
      '05:02 Kept: acknowledgement of «gold», by 陈波.',
      '05:02 陈波 asks Dee for help, who is paged.',
      '05:02 Dee joined 陈波.',
      '05:30 陈波 wants silence until 2026-11-02T06:30:00Z: «waiting for the bank»; 陈波 had it.',
      '06:30 The silence that 陈波 wanted is over.',
      '06:30 Step 2 of 2 «owner» pages 陈波 (tier2 of payouts: 陈波); without an answer it goes on in 3 min.',
      '06:30 Chen resolved the case (via web); cause: «bank»; reply to the customer: «Paid.».',
      '06:30 Kept: resolution of «gold», by Chen.',
    ]);
    expect(await told('zh-CN')).toEqual([
      '04:50 demo 开启案例，优先级 P1：来源 demo 的严重程度「critical」对应 P1；服务 payouts。',
      '04:50 按策略「live-pay」开始升级，共 2 步。',
      '04:50 静默至 2026-11-02T05:00:00Z：维护窗口「upload weekly」；暂缓：步骤「on-call」。',
      '04:50 按「gold」对 P1 的承诺，日历 24x7：2026-11-02T05:05:00Z 前接手、2026-11-02T08:50:00Z 前解决。',
      '05:00 静默 10 分钟后结束（维护窗口「upload weekly」）：暂缓的呼叫继续。',
      '05:00 第 1 步（共 2 步）「on-call」呼叫 Ana（排班 primary 的层 1）；若无人回应，2 分钟后继续。',
      '05:00 发给 Ana（沙盒手机，desk）：失败，沙盒手机：switched off。',
      '05:00 Ana 无法送达：所有方式均失败。',
      '05:00 立即离开第 1 步「on-call」：其中无人可以送达。',
      '05:00 第 2 步（共 2 步）「owner」呼叫 陈波（payouts 的 tier2：陈波）；若无人回应，3 分钟后继续。',
      '05:02 有超时风险：「gold」的接手，时限 15 分钟，截止 2026-11-02T05:05:00Z。',
      '05:02 陈波 接手了案例（通过 web）。',
      '05:02 陈波 备注：「The bank is slow.」（通过 web）。',
      '05:02 已履行：「gold」的接手，由 陈波 完成。',
      '05:02 陈波 请 Dee 协助，并呼叫此人。',
      '05:02 Dee 加入，协助 陈波。',
      '05:30 陈波 暂停提醒至 2026-11-02T06:30:00Z：「waiting for the bank」；此前由 陈波 负责。',
      '06:30 陈波 设置的暂停提醒已到期。',
      '06:30 第 2 步（共 2 步）「owner」呼叫 陈波（payouts 的 tier2：陈波）；若无人回应，3 分钟后继续。',
      '06:30 Chen 解决了案例（通过 web）；原因：「bank」；回复客户：「Paid.」。',
      '06:30 已履行：「gold」的解决，由 Chen 完成。',
    ]);
  });
});
