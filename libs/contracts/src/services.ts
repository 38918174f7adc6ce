/** Every process role; also the names of the database schemas (with `_` for `-`). */
export const SERVICES = [
  'ticket-intake',
  'metric-monitoring',
  'escalation-routing',
  'notification',
  'console',
] as const;
export type ServiceName = (typeof SERVICES)[number];

/** The schema that a service owns; nobody reads another's tables. */
export const schemaOf = (service: ServiceName): string => service.replaceAll('-', '_');

/** Where each service listens when it is a process of its own; single-node and the gateway share 8080. */
export const DEFAULT_PORTS = {
  console: 8080,
  'ticket-intake': 8081,
  'metric-monitoring': 8082,
  'escalation-routing': 8083,
  notification: 8084,
} as const satisfies Record<ServiceName, number>;
