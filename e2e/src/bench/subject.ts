import { RunningSystem } from '../system/running-system.js';
import type { Target } from './client.js';
import { costByRole, type Cost } from './cost.js';

/** What is measured: a system of our own that is started for it, or one that runs already (its cost is then unknown). */
export interface Subject {
  readonly target: Target;
  cost(): Map<string, Cost>;
  stop(): Promise<void>;
}

const DEMO_KEYS = { sourceKey: 'tocsin-demo-source-key', operatorToken: 'tocsin-demo-operator-token' };

export async function subject(options: {
  url?: string | undefined;
  shape: 'default' | 'cluster';
}): Promise<Subject> {
  if (options.url !== undefined)
    return {
      target: { url: options.url, ...DEMO_KEYS },
      cost: () => new Map(),
      stop: () => Promise.resolve(),
    };
  // Quiet logs: at info every line of a run would be measured as well.
  const system = await RunningSystem.start({ shape: options.shape, env: { LOG_LEVEL: 'warn' } });
  return {
    target: { url: system.url, ...DEMO_KEYS },
    cost: () => costByRole(system.processes()),
    stop: async () => {
      await system.stop();
    },
  };
}
