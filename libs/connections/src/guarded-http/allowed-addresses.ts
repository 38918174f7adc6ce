import { z } from 'zod';
import { blockListOf } from './guarded-address.js';

/** A setting that names networks, such as `127.0.0.0/8,10.20.0.0/16`; empty: none. */
export const AllowedAddresses = z
  .string()
  .default('')
  .transform((list) =>
    list
      .split(',')
      .map((cidr) => cidr.trim())
      .filter((cidr) => cidr !== ''),
  )
  .transform((list, ctx) => {
    try {
      return blockListOf(list);
    } catch (error) {
      ctx.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });
