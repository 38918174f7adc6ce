import { main } from '@tocsin/runtime';
import { metricMonitoring } from './metric-monitoring.service.js';

await main([metricMonitoring]);
