export type { HealthCheck, Host, Loop, ServiceDefinition, ServiceParts } from './service-definition.js';
