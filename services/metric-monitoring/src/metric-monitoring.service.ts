import { ApiAccess, ConfigCopy, openConnections } from '@tocsin/connections';
import { Access, type ServiceDefinition } from '@tocsin/runtime';
import { MetricMonitoringConfig } from './metric-monitoring.config.js';
import { METRIC_MONITORING_MIGRATIONS, SCHEMA } from './metric-monitoring.migrations.js';
import { tellUnusableKeys } from './watch-silence/heartbeat-key.js';
import { HeartbeatStore } from './watch-silence/heartbeat.store.js';
import { HeartbeatsController } from './watch-silence/heartbeats.controller.js';
import { WatchSilence } from './watch-silence/watch-silence.js';
import { WatchSilenceLoop } from './watch-silence/watch-silence.loop.js';

/** Notices what does not come: heartbeats. Samples and the ticket stream will be watched here too. */
export const metricMonitoring: ServiceDefinition<MetricMonitoringConfig> = {
  name: 'metric-monitoring',
  config: MetricMonitoringConfig,
  build: async (config, host) => {
    const { log, metrics } = host;
    const connections = await openConnections({
      ...{ service: 'metric-monitoring', migrations: METRIC_MONITORING_MIGRATIONS, config, log, metrics },
    });
    const { transactions, eventLog, bus } = connections;
    const configCopy = new ConfigCopy({
      transactions,
      table: `${SCHEMA}.config_revision`,
      host: config.HOST,
      log,
      feed: { bus, service: 'metric-monitoring' },
    });
    try {
      await configCopy.load();
    } catch (error) {
      await connections.close();
      throw error;
    }
    configCopy.onChange((now) => tellUnusableKeys(now, log));
    const store = new HeartbeatStore(transactions);
    const watch = new WatchSilence({ transactions, eventLog, store, config: configCopy });
    const loop = new WatchSilenceLoop(watch, log);
    const access = new ApiAccess({ config: configCopy, internalToken: config.TOCSIN_INTERNAL_TOKEN, log });
    return {
      controllers: [HeartbeatsController],
      providers: [
        { provide: Access, useValue: access },
        { provide: ConfigCopy, useValue: configCopy },
        { provide: HeartbeatStore, useValue: store },
        { provide: WatchSilence, useValue: watch },
      ],
      loops: [configCopy, loop],
      checks: [...connections.checks, configCopy.check, loop.check],
      close: () => connections.close(),
    };
  },
};
