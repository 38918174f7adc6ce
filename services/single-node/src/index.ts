import { consoleService } from '@tocsin/console';
import { metricMonitoring } from '@tocsin/metric-monitoring';
import type { ServiceDefinition } from '@tocsin/runtime';

/** Every service in one process on one port: the default. Console is built last, so that the others hear its config. */
export const SERVICES_OF_THIS_PROCESS: readonly ServiceDefinition[] = [metricMonitoring, consoleService];
