import { consoleService } from '@tocsin/console';
import { escalationRouting } from '@tocsin/escalation-routing';
import { metricMonitoring } from '@tocsin/metric-monitoring';
import { notification } from '@tocsin/notification';
import type { ServiceDefinition } from '@tocsin/runtime';
import { ticketIntake } from '@tocsin/ticket-intake';

/** Every service in one process on one port: the default. */
export const SERVICES_OF_THIS_PROCESS: readonly ServiceDefinition[] = [
  ticketIntake,
  metricMonitoring,
  escalationRouting,
  notification,
  consoleService,
];
