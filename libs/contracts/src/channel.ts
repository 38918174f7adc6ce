import { z } from 'zod';

/** The kinds of contact methods, by their word in the config tree. */
export const CHANNELS = ['sandbox', 'webhook', 'email', 'sms', 'call', 'push'] as const;
export const Channel = z.enum(CHANNELS);
export type Channel = z.infer<typeof Channel>;
