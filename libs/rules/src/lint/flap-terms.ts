import { type Config, GROUPING_FAULT_TEXTS } from '@tocsin/contracts';
import type { ConfigFault } from '../config/config-fault.js';
import { warningAt } from '../config/faults.js';
import { filled } from '../texts-of.js';

/** A calm that is shorter than the changes are apart ends a flap state that goes on. */
export const flapTerms = ({ grouping }: Config): ConfigFault[] =>
  grouping.flatMap(({ flap }, i) => {
    if (flap === undefined) return [];
    const least = Math.ceil(flap.in / (flap.changes - 1));
    if (flap.calm >= least) return [];
    const facts = { changes: flap.changes, in: flap.in, least };
    return [
      warningAt(['grouping', i, 'flap', 'calm'], filled(GROUPING_FAULT_TEXTS.flapLongerThanCalm, facts)),
    ];
  });
