import { GenericEvent } from '@tocsin/contracts';
import { z } from 'zod';
import { NEEDS_SUBJECT } from './generic.pack.js';

/** JSON Schema (draft 2020-12) of what a sender may write: the contract before any text is trimmed or converted. */
export const genericEventSchema = (): object => ({
  ...z.toJSONSchema(GenericEvent, { io: 'input' }),
  title: 'One event of a source of kind generic',
  if: { properties: { type: { enum: [...NEEDS_SUBJECT] } } },
  then: { required: ['subject'], properties: { subject: { type: 'string', pattern: '\\S' } } },
});
