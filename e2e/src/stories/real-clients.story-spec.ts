import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { environment, freePort, terminateTls, until, whenGiven, type TlsTerminator } from '@tocsin/test-rig';
import type { CaseView } from '@tocsin/contracts';
import { Api, DEMO } from '../system/api.js';
import { RunningSystem } from '../system/running-system.js';

const run = promisify(execFile);

/** `pagerduty` 7: https only, so that it speaks through a terminator with an authority of our own. */
const PAGERDUTY = `
import sys, pagerduty
client = pagerduty.EventsApiV2Client(sys.argv[1], base_url=sys.argv[2])
key = client.trigger('Disk of db-1 is full 磁盘已满', 'db-1', severity='critical', custom_details={'free': '0'})
print(key)
client.acknowledge(key)
`;
const PDPYRAS = `
import sys, pdpyras
session = pdpyras.EventsAPISession(sys.argv[1])
session.url = sys.argv[2]
key = session.trigger('Queue of worker-7 is stuck', 'worker-7', severity='error', dedup_key='pdpyras-1')
print(key)
session.resolve('pdpyras-1')
`;

describe('upstreams that nobody here wrote', () => {
  let system: RunningSystem;
  let api: Api;
  let tls: TlsTerminator;
  const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-clients-'));
  beforeAll(async () => {
    system = await RunningSystem.start();
    api = new Api(system.url);
    tls = await terminateTls({ toPort: Number(new URL(system.url).port) });
  }, 180_000);
  afterAll(async () => {
    await tls.close();
    rmSync(folder, { recursive: true, force: true });
    expect(await system.stop()).toEqual([]);
  }, 60_000);

  const caseOf = (key: string): Promise<CaseView> =>
    until(async () => (await api.cases('?source=pagerduty')).find(({ ticketKey }) => ticketKey === key), {
      within: '5s',
    });

  whenGiven('python clients', describe)('PagerDuty Events v2 by its Python clients', () => {
    const python = async (script: string): Promise<string> => {
      const { stdout } = await run(
        environment('TOCSIN_TEST_PYTHON', 'name a Python that has them'),
        ['-c', script, DEMO.routingKey, tls.url],
        {
          env: { ...process.env, SSL_CERT_FILE: tls.caFile, REQUESTS_CA_BUNDLE: tls.caFile },
        },
      );
      return stdout.trim();
    };

    it('takes trigger and acknowledge of «pagerduty»', async () => {
      const key = await python(PAGERDUTY);
      const opened = await caseOf(key);
      expect(opened).toMatchObject({ priority: 'P1', subject: 'Disk of db-1 is full 磁盘已满' });
    }, 60_000);

    it('takes trigger and resolve of «pdpyras»', async () => {
      expect(await python(PDPYRAS)).toBe('pdpyras-1');
      const opened = await caseOf('pdpyras-1');
      await until(async () => (await api.case(opened.id)).state === 'resolved', { within: '5s' });
    }, 60_000);
  });

  whenGiven('alertmanager', describe)("Debian's Alertmanager", () => {
    let alertmanager: ChildProcess;
    let port = 0;
    beforeAll(async () => {
      port = await freePort();
      const config = path.join(folder, 'alertmanager.yml');
      writeFileSync(
        config,
        `route: { receiver: tocsin, group_by: ['...'], group_wait: 0s, group_interval: 1s, repeat_interval: 1h }
receivers:
  - name: tocsin
    webhook_configs:
      - url: ${system.url}/v1/sources/alertmanager/events
        http_config: { authorization: { credentials: ${DEMO.sourceKey} } }
    pagerduty_configs:
      - url: ${system.url}/v2/enqueue
        routing_key: ${DEMO.routingKey}
        severity: warning
`,
      );
      alertmanager = spawn(
        '/usr/bin/prometheus-alertmanager',
        [
          `--config.file=${config}`,
          `--storage.path=${folder}/data`,
          `--web.listen-address=127.0.0.1:${port}`,
          '--cluster.listen-address=',
        ],
        { stdio: 'ignore' },
      );
      await until(async () => (await fetch(`http://127.0.0.1:${port}/-/ready`)).ok, { within: '20s' });
    }, 40_000);
    afterAll(() => {
      alertmanager.kill('SIGTERM');
    });

    const alert = async (endsAt?: string): Promise<void> => {
      const labels = { alertname: 'DiskFull', instance: 'db-2', severity: 'critical' };
      const body = JSON.stringify([
        {
          labels,
          annotations: { summary: 'Disk of db-2 is full' },
          ...(endsAt === undefined ? {} : { endsAt }),
        },
      ]);
      const answer = await fetch(`http://127.0.0.1:${port}/api/v2/alerts`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      expect(answer.ok).toBe(true);
    };

    it('opens a case over its webhook receiver and one over its pagerduty receiver, and resolves both', async () => {
      await alert();
      const webhook = await until(async () => (await api.cases('?source=alertmanager'))[0], {
        within: '20s',
      });
      expect(webhook).toMatchObject({
        priority: 'P1',
        subject: expect.stringContaining('Disk of db-2 is full'),
      });
      const viaPagerduty = await until(
        async () =>
          (await api.cases('?source=pagerduty')).find(({ subject }) => subject.includes('DiskFull')),
        { within: '20s' },
      );
      expect(viaPagerduty.priority).toBe('P3');
      await alert(new Date().toISOString());
      for (const { id } of [webhook, viaPagerduty])
        await until(async () => (await api.case(id)).state === 'resolved', {
          within: '20s',
          for: `case ${id} to be resolved`,
        });
    }, 60_000);
  });
});
