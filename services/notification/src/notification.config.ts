import { AccessConfig, AllowedAddresses, ConnectionsConfig } from '@tocsin/connections';
import { z } from 'zod';

/** The environment of this service. */
export const NotificationConfig = z.object({
  ...ConnectionsConfig.shape,
  ...AccessConfig.shape,
  /** Where escalation-routing answers; unset in one process: the process's own address. */
  ROUTING_URL: z.url().optional(),
  /** How people reach this installation; answer links begin with it. Unset: where this process listens. */
  TOCSIN_PUBLIC_URL: z.url().optional(),
  /** Addresses that webhooks may lead to although they are not public, such as 127.0.0.0/8; any port there. */
  TOCSIN_WEBHOOK_ALLOW: AllowedAddresses,
  /** smtp://user:password@host:port; without it e-mail methods fail with a note, and the next method is used. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().default('Tocsin <tocsin@localhost>'),
  /** 32 bytes in base64: seals webhook secrets of the API. Unset: a key file under TOCSIN_HOME/keys. */
  TOCSIN_SECRET_KEY: z
    .string()
    .refine(
      (key) => Buffer.from(key, 'base64').length === 32,
      '32 bytes in base64; make one with: openssl rand -base64 32',
    )
    .optional(),
  TOCSIN_HOME: z.string().default('.tocsin'),
  /**
   * Who may see the sandbox phones without a token: `loopback` only this machine, `open` whoever reaches this process,
   * for a trial world behind a port that is published to loopback.
   */
  TOCSIN_SANDBOX: z.enum(['loopback', 'open']).default('loopback'),
  /** For drills only: `name[:probability[:seed]]` kills the process at that point. */
  FAILPOINT: z.string().optional(),
});
export type NotificationConfig = z.infer<typeof NotificationConfig>;
