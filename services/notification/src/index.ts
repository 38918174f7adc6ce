import type { ServiceDefinition } from '@tocsin/runtime';
import { buildNotification } from './build-notification.js';
import { NotificationConfig } from './notification.config.js';

/** Delivers pages to people and takes their answers. Owns the ledger of attempts. */
export const notification: ServiceDefinition<NotificationConfig> = {
  name: 'notification',
  config: NotificationConfig,
  build: buildNotification,
};
