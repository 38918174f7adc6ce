import type { Config } from '@tocsin/contracts';
import type { Mutant } from './mutant.js';
import { mutantsOf } from './mutants-of.js';
import { allPass } from './run-policy-test.js';

/** How much the tests of a tree notice. */
export interface MutationScore {
  readonly mutants: number;
  /** Those that every test lets pass: a mistake there would stay unseen. In the order of the config. */
  readonly survivors: readonly Pick<Mutant, 'pointer' | 'change'>[];
}

/** @param config whose tests all pass: a test that fails anyway would seem to notice everything */
export function scoreMutants(config: Config): MutationScore {
  const mutants = [...mutantsOf(config)];
  const survivors = mutants
    .filter((mutant) => allPass(mutant.config))
    .map(({ pointer, change }) => ({ pointer, change }));
  return { mutants: mutants.length, survivors };
}
