import { LaunchError } from './launch-error.js';

/** In the order of their ports above the gateway's. */
export const BEHIND_GATEWAY = [
  'ticket-intake',
  'metric-monitoring',
  'escalation-routing',
  'notification',
] as const;

type Service = (typeof BEHIND_GATEWAY)[number];

/** Processes of each service but the gateway. */
export type Replicas = Readonly<Record<Service, number>>;

const MOST = 16;

/**
 * `3`: three of each; `escalation-routing=4,notification=2`: these, and one of each other.
 * @throws LaunchError naming what is wrong with it
 */
export function readReplicas(text: string): Replicas {
  const named = new Map<string, number>();
  for (const part of text.split(',')) {
    const [service, count] = part.includes('=') ? part.split('=', 2) : [undefined, part];
    if (service !== undefined && !BEHIND_GATEWAY.includes(service as Service))
      throw new LaunchError(
        `--replicas is «${text}»: there is no service «${service}», only ${BEHIND_GATEWAY.join(', ')}.`,
      );
    for (const one of service === undefined ? BEHIND_GATEWAY : [service]) named.set(one, number(text, count));
  }
  return Object.fromEntries(BEHIND_GATEWAY.map((service) => [service, named.get(service) ?? 1])) as Replicas;
}

function number(text: string, count: string | undefined): number {
  const value = Number(count);
  if (Number.isInteger(value) && value >= 1 && value <= MOST) return value;
  throw new LaunchError(
    `--replicas is «${text}»: it must be a whole number from 1 to ${MOST}, or SERVICE=N such as escalation-routing=4.`,
  );
}
