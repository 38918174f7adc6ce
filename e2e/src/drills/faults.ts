import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@tocsin/test-rig';
import type { Drill, DrillScene, Surroundings } from './drill.js';

/** Seconds of load before the first fault: some cases are then at every step. */
const SETTLED_S = 4;
/** Back-off of the supervisor and a cold start on a busy machine; how long it took is in the verdict as recovery. */
const BACK_WITHIN = '60s';

export const settled = (): Promise<void> => sleep(SETTLED_S * 1_000);

/** Kills a process and waits until the system is ready again: the supervisor brings it back, no human does. */
export const kill = (scene: DrillScene, role: string): Promise<void> =>
  scene.fault(`kill ${role}`, async () => {
    const dead = scene.system.signal(role, 'SIGKILL');
    await until(() => scene.system.of(role).some(({ pid }) => pid !== dead), {
      within: BACK_WITHIN,
      for: `${role} to be restarted`,
    });
    await scene.ready();
  });

export const killOnce =
  (role: string) =>
  async (scene: DrillScene): Promise<void> => {
    await settled();
    await kill(scene, role);
  };

export const killRepeatedly =
  (role: string, times: number) =>
  async (scene: DrillScene): Promise<void> => {
    await settled();
    for (let n = 0; n < times; n += 1) {
      await kill(scene, role);
      await sleep(scene.random() * 1_500);
    }
  };

/** One replica or another is killed every second or so, whatever the others are doing; then all must be back. */
export const killAnyOf =
  (role: string, seconds: number) =>
  async (scene: DrillScene): Promise<void> => {
    await settled();
    const all = scene.system.of(role).length;
    await scene.fault(`kill ${role}`, async () => {
      for (const end = Date.now() + seconds * 1_000; Date.now() < end; ) {
        const alive = scene.system.of(role);
        const chosen = alive[Math.floor(scene.random() * alive.length)];
        if (chosen !== undefined) process.kill(chosen.pid, 'SIGKILL');
        await sleep(scene.random() * 2_000);
      }
      await until(() => scene.system.of(role).length === all, {
        within: BACK_WITHIN,
        for: `${all} of ${role} to be there`,
      });
      await scene.ready();
    });
  };

/** Seconds during which a service kills itself again and again. */
const FAILING_S = 30;

/**
 * The service kills itself at its failpoint, again and again, while the failpoint's file exists. Its generator begins
 * anew in every life: a seed stands for the pass at which each life ends, which must leave it time to get something
 * done, or the drill would only show that a dead service does nothing.
 */
export const failing = (name: string, seed: number): Pick<Drill, 'surroundings' | 'during'> => ({
  surroundings: () => Promise.resolve(armedBy(`${name}:0.02:${seed}`)),
  during: async (scene) => {
    const file = scene.surroundings?.armedWhile;
    if (file === undefined) throw new Error('this drill needs its failpoint');
    await scene.fault(name, async () => {
      writeFileSync(file, '');
      await sleep(FAILING_S * 1_000);
      rmSync(file);
      await scene.ready();
    });
    if (!scene.system.printed().includes('SIGKILL'))
      throw new Error('the failpoint killed nothing: the drill proves nothing');
  },
});

function armedBy(failpoint: string): Surroundings {
  const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-failpoint-'));
  const armedWhile = path.join(folder, 'armed');
  return {
    env: { FAILPOINT: `${failpoint}:${armedWhile}` },
    armedWhile,
    close: () => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}
