import { z } from 'zod';
import { ConfigName, Tenant } from '../ids.js';
import { Calendar, CalendarName, HolidayTable, MarketName } from './calendars.js';
import { Closing } from './closing.js';
import { Policy, Service, Team } from './escalation.js';
import { Schedule } from './on-call.js';
import { GroupingRule } from './grouping.js';
import { Heartbeat } from './heartbeats.js';
import { MaintenanceRule } from './maintenance.js';
import { OutgoingWebhook } from './outgoing-webhooks.js';
import { Person } from './people.js';
import { PolicyTest } from './policy-tests.js';
import { Category, PriorityTable, RoutingRule } from './priority.js';
import { ResolutionTable } from './resolution.js';
import { SlaPolicy } from './sla.js';
import { ApiToken, Source } from './sources.js';
import { EnrichmentTable } from './tables.js';

const named = <T extends z.ZodType>(object: T) => z.record(ConfigName, object).prefault({});

/**
 * The config tree that users write (config as code). Input is what stands in the YAML; output has units resolved
 * (durations in seconds, clock times in minutes, targets as objects).
 */
export const Config = z.strictObject({
  tenant: Tenant.default('default'),
  people: named(Person),
  teams: named(Team),
  schedules: named(Schedule),
  policies: named(Policy),
  services: named(Service),
  /** Keyed by dotted path; the nested form of the YAML is flattened by the reader. */
  taxonomy: z.record(z.string(), Category).prefault({}),
  tables: named(EnrichmentTable),
  priority: PriorityTable.prefault({}),
  routing: z.array(RoutingRule).default([]),
  /** Without a rule a case belongs to one upstream ticket. */
  grouping: z.array(GroupingRule).default([]),
  heartbeats: named(Heartbeat),
  maintenance: z.array(MaintenanceRule).default([]),
  closing: Closing.prefault({}),
  calendars: z.record(CalendarName, Calendar).prefault({}),
  /** By market. */
  holidays: z.record(MarketName, HolidayTable).prefault({}),
  sla: z.array(SlaPolicy).default([]),
  resolution: ResolutionTable.prefault({}),
  sources: named(Source),
  tokens: named(ApiToken),
  /** Who is told, by signed requests, of what happens. */
  webhooks: named(OutgoingWebhook),
  /** Run by `tocsin test`; nothing else looks at them. */
  tests: z.array(PolicyTest).default([]),
});
/** The tree after reading: what the engine works with. */
export type Config = z.output<typeof Config>;
/** The tree as written: what is stored, published and exported. */
export type ConfigTree = z.input<typeof Config>;
