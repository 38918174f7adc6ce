import { ConfigCopy, openConnections } from '@tocsin/connections';
import type { ServiceDefinition } from '@tocsin/runtime';
import { MetricMonitoringConfig } from './metric-monitoring.config.js';
import { METRIC_MONITORING_MIGRATIONS } from './metric-monitoring.migrations.js';

/** Will turn samples and the ticket stream into alerts. It runs, keeps its copy of the config and tells its health. */
export const metricMonitoring: ServiceDefinition<MetricMonitoringConfig> = {
  name: 'metric-monitoring',
  config: MetricMonitoringConfig,
  build: async (config, host) => {
    const connections = await openConnections({
      service: 'metric-monitoring',
      migrations: METRIC_MONITORING_MIGRATIONS,
      config,
      log: host.log,
      metrics: host.metrics,
    });
    const configCopy = new ConfigCopy({
      transactions: connections.transactions,
      table: 'metric_monitoring.config_revision',
      host: config.HOST,
      log: host.log,
      feed: { bus: connections.bus, service: 'metric-monitoring' },
    });
    try {
      await configCopy.load();
    } catch (error) {
      await connections.close();
      throw error;
    }
    return {
      controllers: [],
      providers: [],
      loops: [configCopy],
      checks: [...connections.checks, configCopy.check],
      close: () => connections.close(),
    };
  },
};
