import { execFile } from 'node:child_process';
import { it } from '@jest/globals';
import { intakeUnderTest, KEY } from './intake-under-test.js';
it('bench', async () => {
  const intake = await intakeUnderTest();
  const run = (...args: string[]) => new Promise<void>((done) => execFile(process.execPath, ['/tmp/tocsin/intake-bench.mjs', intake.url, KEY, ...args], (e, out, err) => { process.stderr.write(out + err); done(); }));
  await run('one', '64', '4');
  const cpu = process.cpuUsage();
  await run('one', '64', '6');
  const c2 = process.cpuUsage(cpu);
  process.stderr.write(`intake cpu s ${(c2.user + c2.system) / 1e6}\n`);
  await run('one', '8', '5');
  await run('batch', '4', '6', '100');
  await run('batch', '1', '4', '2000');
  const [row] = await intake.database.query<{ o: number; r: number }>(`SELECT (SELECT count(*)::int FROM ticket_intake.outbox) o, (SELECT count(*)::int FROM ticket_intake.received) r`);
  process.stderr.write(JSON.stringify(row) + '\n');
  await intake.stop();
}, 120_000);
