export { metricMonitoring } from './metric-monitoring.service.js';
