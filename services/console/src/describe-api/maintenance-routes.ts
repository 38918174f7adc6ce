import {
  MaintenanceList,
  MaintenancePreview,
  MaintenancePreviewBody,
  MaintenanceView,
  NewMaintenance,
} from '@tocsin/contracts';
import type { ApiRoute } from './api-route.js';

/** Planned silence. */
export const MAINTENANCE_ROUTES: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/v1/maintenance',
    summary: 'Maintenance windows of the config and beside it, planned or active; with over=true all',
    credential: 'api',
    query: ['over'],
    answer: { status: 200, schema: MaintenanceList },
  },
  {
    method: 'post',
    path: '/v1/maintenance',
    summary: 'Make a maintenance window beside the config: cases open and page nobody until it is over',
    credential: 'api',
    body: NewMaintenance,
    answer: { status: 201, schema: MaintenanceView },
  },
  {
    method: 'post',
    path: '/v1/maintenance/preview',
    summary: 'Which cases of the last 30 days a window would have hushed',
    credential: 'api',
    body: MaintenancePreviewBody,
    answer: { status: 200, schema: MaintenancePreview },
  },
  {
    method: 'post',
    path: '/v1/maintenance/{id}/end',
    summary: 'End an active window early: what it hushed pages at once',
    credential: 'api',
    answer: { status: 200, schema: MaintenanceView },
  },
  {
    method: 'delete',
    path: '/v1/maintenance/{id}',
    summary: 'Cancel a planned window; it stays on record',
    credential: 'api',
    answer: { status: 200, schema: MaintenanceView },
  },
];
