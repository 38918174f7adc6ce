import type { RuleMode } from '@tocsin/contracts';

interface Ruled {
  readonly mode?: RuleMode | undefined;
}

/** Whether a rule only watches: whatever decides passes it over. */
export const isMonitored = ({ mode }: Ruled): boolean => mode === 'monitor';

export const isLive = (rule: Ruled): boolean => !isMonitored(rule);
