export { openPools, type PoolOptions, type Pools } from './pools.js';
export { PostgresTransactions } from './postgres-transactions.js';
export { isConnectionFailure, isContention, isTransient } from './sql-failures.js';
export { migrate, NewerSchema, type SchemaMigration, type SchemaMigrations } from './migrate.js';
export { EVENT_LOG_SCHEMA, outboxAgeMigration, outboxTable } from './event-log-schema.js';
export { groupsOf, relayGroupOf, type BusKind } from './hand-off.js';
export { PostgresEventLog, type PostgresEventLogOptions } from './postgres-event-log.js';
export { acquireWakeHub, type WakeHub } from './wake-hub.js';
export { PostgresEventBus, type PostgresEventBusOptions } from './postgres-event-bus.js';
export { DeadLetterTable } from './dead-letter-table.js';
export {
  askRedrive,
  countLetters,
  listDeadLetters,
  takeUnalarmed,
  type LettersOfGroup,
  type ShownLetter,
} from './dead-letter-desk.js';
export { readHandOffAges, topicsOf, type HandOffAge } from './hand-off-age.js';
export { eventLogSweeps, groupsReadBy } from './event-log-sweeps.js';
export { Sweeper, type SweepRule } from './sweeper.js';
export { InboxTable, UnreadableTable } from './inbox-table.js';
export { PendingConsumer, type PendingConsumerOptions } from './pending-consumer.js';
export { PendingPoll } from './pending-poll.js';
export { Relay, type RelayOptions } from './relay.js';
