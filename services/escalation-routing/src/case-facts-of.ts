import type { EscalationContext } from '@tocsin/rules';
import type { RoutedCase } from './routed-case.js';

/** What the conditions of steps see of a case: every field present. */
export const caseFactsOf = ({
  category = '',
  market = '',
  language = '',
  service = '',
  status = '',
  source,
  sensitivity,
  events,
}: RoutedCase): NonNullable<EscalationContext['facts']> => ({
  ...{ category, market, language, service, status, source, events },
  restricted: sensitivity === 'restricted',
});
