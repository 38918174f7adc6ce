export type { PoolName, Statement, Transactions, Tx } from './tx.js';
export type { EventLog, LoggedEvent, NewEvent } from './event-log.js';
export type { BatchHandler, Consumer, ConsumerStatus, EventBus, Subscription } from './event-bus.js';
export { PoisonError } from './event-bus.js';
