import type { CaseFacts, SlaInput } from '@tocsin/rules';
import type { RoutedCase } from '../routed-case.js';

/** The opening of a case: the first policy that matches its facts counts. */
interface Opening {
  readonly caseId: bigint;
  readonly facts: CaseFacts;
  readonly told: Extract<SlaInput, { type: 'TicketUpdated' }>;
}

interface Heard {
  readonly caseId: bigint;
  readonly input: SlaInput;
}

/** What one transaction has for the SLA clocks of its cases, in the order in which it happened. */
export class SlaWork {
  readonly steps: (Opening | Heard)[] = [];

  open({ id }: RoutedCase, facts: CaseFacts, told: Opening['told']): void {
    this.steps.push({ caseId: id, facts, told });
  }

  /** @param input undefined: nothing that concerns a clock */
  hear({ id }: RoutedCase, input: SlaInput | undefined): void {
    if (input !== undefined) this.steps.push({ caseId: id, input });
  }
}
