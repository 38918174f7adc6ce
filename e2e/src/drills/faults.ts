import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@tocsin/test-rig';
import type { Drill, DrillScene } from './drill.js';

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

/** The service kills itself at its failpoint, again and again, as long as the drill lasts. */
export const failing = (name: string, chance: number): Pick<Drill, 'system' | 'during'> => ({
  system: { env: { FAILPOINT: `${name}:${chance}:1` } },
  during: (scene) => scene.fault(name, () => sleep(40_000)),
});
