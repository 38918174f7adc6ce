// Tells Stryker which mutants are in the sample. The rest is not tried, and counted nowhere.
import { isInSample, keyOf } from './sample.mjs';

class SampleChecker {
  async init() {}

  async group(mutants) {
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants) {
    const { root, ...sample } = JSON.parse(process.env.TOCSIN_MUTANTS_SAMPLE);
    return Object.fromEntries(
      mutants.map((mutant) => [
        mutant.id,
        isInSample(keyOf(mutant, root), sample)
          ? { status: 'passed' }
          : { status: 'compileError', reason: 'not in the sample' },
      ]),
    );
  }
}

export const strykerPlugins = [{ kind: 'Checker', name: 'sample', injectableClass: SampleChecker }];
