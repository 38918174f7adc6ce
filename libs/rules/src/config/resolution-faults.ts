import { type Config, RESOLUTION_TEXTS } from '@tocsin/contracts';
import { chosenCodes } from '../resolution/resolution-codes.js';
import type { ConfigFault } from './config-fault.js';
import { faultAt } from './faults.js';

/** A code that is required but does not exist: no such case could ever be resolved by hand. */
export function resolutionFaults({ resolution }: Config): ConfigFault[] {
  const asks = Object.values(resolution.requires).some((members) => members.includes('code'));
  return asks && chosenCodes(resolution).length === 0
    ? [faultAt(['resolution', 'requires'], RESOLUTION_TEXTS.requiresNoCodes)]
    : [];
}
