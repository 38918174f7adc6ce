import { configCopyMigration } from '@tocsin/connections';
import type { SchemaMigration } from '@tocsin/postgres';
import { ticketChangeMigration } from './change-tickets/ticket-change.migration.js';
import {
  appliedEventAgeMigration,
  escalationRoutingMigration,
  SCHEMA,
  slaClockMigration,
  waitsAndTurnsMigration,
} from './escalation-routing.migration.js';
import { contactFactMigration } from './know-contacts/contact-fact.migration.js';
import { filedCategoryMigration } from './refile-cases/filed-category.migration.js';
import { coverRequestMigration } from './ask-cover/cover-request.migration.js';
import { leaveFeedMigration } from './poll-leave/leave-feed.migration.js';
import { parentMigration } from './parent.migration.js';
import { engineInputMigration } from './record-inputs/engine-input.migration.js';
import { inputTransactionMigration } from './record-inputs/input-transaction.migration.js';
import { quietWindowMigration } from './quiet-window.migration.js';
import { resolutionMigration } from './respond-to-case/resolution.migration.js';
import { reweighPriorityMigration } from './reweigh-priority/reweigh-priority.migration.js';
import { shiftChangeMigration } from './shift-change.migration.js';
import { calendarFeedMigration } from './share-calendar/calendar-feed.migration.js';
import { coverageHoleMigration } from './watch-coverage/coverage-hole.migration.js';
import { maintenanceToldMigration } from './tell-maintenance/maintenance-told.migration.js';
import { watchedRuleMigration } from './watch-rules/watched-rule.migration.js';
import { groupingMigration } from './triage-event/grouping.migration.js';

/** Everything that routing's schema has gone through, in the order in which it was released. */
export const ROUTING_MIGRATIONS: readonly SchemaMigration[] = [
  configCopyMigration(SCHEMA),
  escalationRoutingMigration,
  appliedEventAgeMigration,
  slaClockMigration,
  waitsAndTurnsMigration,
  shiftChangeMigration,
  reweighPriorityMigration,
  coverRequestMigration,
  quietWindowMigration,
  groupingMigration,
  resolutionMigration,
  ticketChangeMigration,
  parentMigration,
  engineInputMigration,
  coverageHoleMigration,
  calendarFeedMigration,
  maintenanceToldMigration,
  watchedRuleMigration,
  inputTransactionMigration,
  contactFactMigration,
  leaveFeedMigration,
  filedCategoryMigration,
];
