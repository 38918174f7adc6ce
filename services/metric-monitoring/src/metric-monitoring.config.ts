import { AccessConfig, ConnectionsConfig } from '@tocsin/connections';
import { z } from 'zod';

export const MetricMonitoringConfig = z.object({ ...ConnectionsConfig.shape, ...AccessConfig.shape });
export type MetricMonitoringConfig = z.output<typeof MetricMonitoringConfig>;
