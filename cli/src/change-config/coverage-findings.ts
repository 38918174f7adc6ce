import type { Instant, Language } from '@tocsin/contracts';
import { provedDays } from '../prove-coverage/proved-days.js';
import type { Finding, Linted } from './lint-tree.js';

/** Holes of the coverage proof as findings: of P1 errors, of P2 warnings. None for a tree with errors. */
export function coverageFindings({ files, config }: Linted, now: Instant, language: Language): Finding[] {
  if (files === undefined || config === undefined) return [];
  return provedDays(config, now, language)
    .filter(({ proved }) => !proved)
    .map(({ service, priority, text }): Finding => {
      const pointer = `/services/${service}`;
      const place = files.placeOf(pointer) ?? { file: '', line: 1, column: 1 };
      return { ...place, severity: priority === 'P1' ? 'error' : 'warning', pointer, message: text };
    });
}
