import { AccessConfig, ConnectionsConfig } from '@tocsin/connections';
import { z } from 'zod';

export const TicketIntakeConfig = z.object({
  ...ConnectionsConfig.shape,
  ...AccessConfig.shape,
  /** Where escalation-routing answers, for the case of an event; without it this process is asked. */
  ROUTING_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Statements with which events are stored at once; more rows go into each while they are busy. */
  INTAKE_CONNECTIONS: z.coerce.number().int().min(1).max(16).default(2),
});
export type TicketIntakeConfig = z.output<typeof TicketIntakeConfig>;
