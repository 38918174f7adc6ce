import { setImmediate } from 'node:timers/promises';
import type { Config, Instant } from '@tocsin/contracts';
import { type Coverage, coverageOfService, type LiveCover } from '@tocsin/rules';

const DAYS_MS = 86_400_000;

/** Proves service by service: between two of them everything else of the process has its turn. */
export async function proveSlowly(
  config: Config,
  live: LiveCover,
  { now, days, services = Object.keys(config.services) }: ProofAsked,
): Promise<Coverage[]> {
  const proofs: Coverage[] = [];
  for (const service of services) {
    proofs.push(...coverageOfService(config, service, { from: now, until: now + days * DAYS_MS }, live));
    await setImmediate();
  }
  return proofs;
}

interface ProofAsked {
  readonly now: Instant;
  readonly days: number;
  readonly services?: readonly string[] | undefined;
}
