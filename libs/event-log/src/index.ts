export type { PoolName, Statement, Transactions, Tx } from './tx.js';
export type { EventLog, LoggedEvent, NewEvent } from './event-log.js';
export type {
  BatchHandler,
  Consumer,
  ConsumerStatus,
  EventBus,
  EventPublisher,
  Redriven,
  Subscription,
} from './event-bus.js';
export { PoisonError } from './event-bus.js';
export { CommitUnknown, DatabaseAway } from './failures.js';
export type { Log } from './log.js';
export type { DeadLetter, DeadLetters, Inbox, UnreadableMessage, UnreadableMessages } from './dead-letter.js';
export type { BatchOutcome, BatchRunnerOptions, Claim, ClaimedEvent } from './batch-runner.js';
export { BatchRunner } from './batch-runner.js';
export { readPayload } from './read-payload.js';
export { redrive } from './redrive.js';
export { causeOf } from './isolate.js';
export { ConsumerPulse } from './consumer-pulse.js';
export { EventLogStrategy, eventTransport, type EventLogStrategyOptions } from './event-log.strategy.js';
export { OriginalErrors } from './original-errors.filter.js';
