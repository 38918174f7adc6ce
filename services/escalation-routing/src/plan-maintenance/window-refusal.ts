import { MAINTENANCE_TEXTS } from '@tocsin/contracts';
import { notFound, ProblemError } from '@tocsin/runtime';
import type { WindowFault } from './window-faults.js';

export type WindowRefusal =
  | { readonly reason: 'faults'; readonly faults: readonly WindowFault[] }
  | { readonly reason: 'unknown-window' | 'over' | 'not-begun' | 'begun' };

/** Refusals as problem+json; every fault with its place in the body. */
export function problemOf(refused: WindowRefusal): ProblemError {
  switch (refused.reason) {
    case 'unknown-window':
      return notFound();
    case 'faults':
      return new ProblemError(422, MAINTENANCE_TEXTS.windowDoesNotFit.en, {
        errors: refused.faults.map(({ pointer, texts }) => ({ pointer, detail: texts.en })),
      });
    case 'over':
      return new ProblemError(409, MAINTENANCE_TEXTS.ended.en, { type: 'over' });
    case 'not-begun':
      return new ProblemError(409, MAINTENANCE_TEXTS.notBegun.en, { type: 'not-begun' });
    case 'begun':
      return new ProblemError(409, MAINTENANCE_TEXTS.begun.en, { type: 'begun' });
  }
}
