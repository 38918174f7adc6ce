import type { Instant, Priority, SlaKind } from '@tocsin/contracts';

/** The event and the actor that something is due to (X14). */
export interface SlaCause {
  /** A person's name, a source, or `tocsin`. */
  readonly by: string;
  /** Id of the ticket event; absent when a person acted here. */
  readonly event?: string | undefined;
}

/** Who wrote to the ticket, and when. */
export interface SlaReply {
  readonly from: 'agent' | 'customer';
  readonly at: Instant;
}

/** A time in which the clock stood still, with what began and ended it. */
export interface SlaPause {
  readonly from: Instant;
  /** Absent while it lasts. */
  readonly until?: Instant | undefined;
  /** Status of the ticket that paused the clock; `solved` between a resolution and the reopening. */
  readonly status: string;
  readonly began: SlaCause;
  readonly ended?: SlaCause | undefined;
  /** The last reply before it, and the agent's first one in it: whose turn it was. */
  readonly before?: SlaReply | undefined;
  readonly agentRepliedAt?: Instant | undefined;
}

/** What ended a clock. Only a resolution can be taken back. */
interface SlaEnd extends SlaCause {
  readonly how: 'acknowledged' | 'responded' | 'resolved';
  readonly at: Instant;
}

/** One promise about one case. Plain JSON: with the policy's terms everything else follows from it. */
export interface SlaClock {
  readonly kind: SlaKind;
  /** Of `next-update` the last update, of all others the opening of the case. */
  readonly startedAt: Instant;
  /** Picks the target. */
  readonly priority: Priority;
  /** Status of the ticket, as far as anybody said. */
  readonly status?: string | undefined;
  readonly lastReply?: SlaReply | undefined;
  /** In order; only the last may last. */
  readonly pauses: readonly SlaPause[];
  /** What was told: each of the two once. */
  readonly told: 'nothing' | 'at-risk' | 'breached';
  readonly ended?: SlaEnd | undefined;
}

/** The pause that lasts. */
export const presentPause = ({ pauses }: SlaClock): SlaPause | undefined => {
  const last = pauses.at(-1);
  return last?.until === undefined ? last : undefined;
};
