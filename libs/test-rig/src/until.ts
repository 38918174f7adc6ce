import { inspect } from 'node:util';
import { Duration } from '@tocsin/contracts';

const POLL_MS = 20;

/** What is left of a type once the condition has become true. */
export type Truthy<T> = Exclude<T, false | null | undefined | '' | 0>;

export interface Patience {
  /** How long to wait, such as `5s`; a test that needs more than a minute says so itself. */
  readonly within?: string;
  /** What is waited for, for the message of a failure. */
  readonly for?: string;
}

/**
 * Waits until `condition` gives something truthy, and gives it back. A condition that throws counts as not yet true,
 * so that an assertion may stand in it.
 * @throws Error that says what was last seen, once the time is up
 */
export async function until<T>(condition: () => T | Promise<T>, patience: Patience = {}): Promise<Truthy<T>> {
  const within = patience.within ?? '10s';
  const deadline = performance.now() + Duration.parse(within) * 1000;
  let seen: string;
  do {
    try {
      const value = await condition();
      if (Boolean(value)) return value as Truthy<T>;
      seen = `last seen: ${inspect(value, { depth: 4 })}`;
    } catch (error) {
      seen = `last failure: ${error instanceof Error ? error.message : inspect(error)}`;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  } while (performance.now() < deadline);
  throw new Error(`not within ${within}: ${patience.for ?? condition.toString()}\n${seen}`);
}
