import type { PassFailpoint } from '@tocsin/runtime';

/** The places where a drill may kill the process: between any two statements of a routing transaction. */
export const ROUTING_FAILPOINTS = [
  'router.after_tickets',
  'router.after_groups',
  'router.after_cases',
  'router.after_plan',
  'router.after_save',
  'router.after_append',
  'maintenance.after_told',
  'maintenance.after_append',
] as const;

export type PassRoutingFailpoint = PassFailpoint<(typeof ROUTING_FAILPOINTS)[number]>;
