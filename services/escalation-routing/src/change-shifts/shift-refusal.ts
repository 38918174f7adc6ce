import type { ROUTING_MESSAGES } from '@tocsin/contracts';

/** What is wrong with a change that somebody wants: where in the body, and what it says. */
export interface ChangeFault {
  readonly pointer: string;
  readonly message: keyof typeof ROUTING_MESSAGES;
  readonly facts?: Readonly<Record<string, string>>;
}

export type ShiftRefusal =
  | { readonly reason: 'faults'; readonly faults: readonly ChangeFault[] }
  /** None of this kind is in force under this id. */
  | { readonly reason: 'unknown-change' }
  /** A responder may change only what is their own. */
  | { readonly reason: 'not-yours' };
