import { freePort } from '@tocsin/test-rig';
import type { DrillScene, Surroundings } from './drill.js';

/** A broker's address at which nobody listens. */
export const awayAtStart = async (): Promise<Surroundings> => ({
  env: { KAFKA_BROKERS: `127.0.0.1:${await freePort()}` },
  close: () => Promise.resolve(),
});

/** Every service with a bus is up and says that it misses the broker; otherwise the drill would prove nothing. */
export async function brokerIsMissed({ system }: DrillScene): Promise<void> {
  const services = await system.readiness();
  const missing = services.filter(({ checks }) =>
    checks.some(({ name, ok }) => name.endsWith('kafka') && !ok),
  );
  if (missing.length === 0 || missing.some(({ ready, status }) => !ready || status !== 'degraded'))
    throw new Error(`readiness does not say «degraded»: ${JSON.stringify(services)}`);
}
