// A test runner for Stryker that keeps the specs loaded: switching to a mutant takes milliseconds and not a run of jest.
// What modules keep between two mutants must not decide, so that
// - a failure counts only if the same test passes without the mutant at once afterwards,
// - a mutant that nothing noticed is tried again in modules that nothing has used yet.

const stryker = (globalThis.__stryker__ = {});
const [SUCCESS, FAILED] = [0, 1];

class SpecRunner {
  #specs;
  #tests;
  #took = new Map();

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    this.#specs = await import('./spec-tests.mjs');
    const { fc } = await import('@tocsin/test-rig/worlds');
    // The first world that fails is enough: nobody reads the smallest one.
    fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
  }

  async dryRun() {
    await this.#load();
    const tests = [];
    for (const test of this.#tests) {
      stryker.currentTestId = test.id;
      const { failure, took } = await this.#specs.runTest(test);
      stryker.currentTestId = undefined;
      this.#took.set(test.id, took);
      const named = { id: test.id, name: test.id, fileName: test.file, timeSpentMs: Math.ceil(took) };
      const failed = { status: FAILED, failureMessage: failure };
      tests.push({ ...named, ...(failure === undefined ? { status: SUCCESS } : failed) });
    }
    return { status: 'complete', tests, mutantCoverage: stryker.mutantCoverage };
  }

  async mutantRun({ activeMutant: { id }, testFilter, hitLimit, mutantActivation }) {
    stryker.hitLimit = hitLimit;
    try {
      if (mutantActivation === 'static') return await this.#tryFromImport(id);
      if (this.#tests === undefined) await this.#load();
      const found = await this.#failing(id, testFilter);
      if (found !== undefined && (await this.#specs.runTest(found.test)).failure === undefined)
        return found.verdict;
      await this.#load();
      return (
        (await this.#failing(id, testFilter))?.verdict ?? { status: 'survived', nrOfTests: testFilter.length }
      );
    } finally {
      stryker.activeMutant = undefined;
    }
  }

  /** What runs once, at import: the mutant is there before the modules are, and must not stay in them. */
  async #tryFromImport(id) {
    stryker.activeMutant = id;
    try {
      await this.#load();
    } catch (error) {
      return { status: 'killed', killedBy: [], failureMessage: String(error), nrOfTests: 0 };
    }
    const nrOfTests = this.#tests.length;
    const found = await this.#failing(id);
    this.#tests = undefined;
    return found?.verdict ?? { status: 'survived', nrOfTests };
  }

  async #load() {
    this.#tests = undefined;
    this.#tests = await this.#specs.loadTests(JSON.parse(process.env.TOCSIN_MUTANTS_SPECS));
  }

  /** The first of the tests that fails while the mutant is active, the quick ones first. */
  async #failing(mutant, filter) {
    const wanted = filter === undefined ? undefined : new Set(filter);
    const chosen = this.#tests.filter(({ id }) => wanted?.has(id) ?? true);
    chosen.sort((a, b) => (this.#took.get(a.id) ?? 0) - (this.#took.get(b.id) ?? 0));
    stryker.hitCount = stryker.hitLimit === undefined ? undefined : 0;
    stryker.activeMutant = mutant;
    try {
      for (const [index, test] of chosen.entries()) {
        const { failure, took } = await this.#specs.runTest(test);
        if (failure !== undefined) return { test, verdict: verdictOf(test, failure, index + 1) };
        this.#took.set(test.id, took);
      }
      return undefined;
    } finally {
      stryker.activeMutant = undefined;
    }
  }
}

function verdictOf({ id }, failure, nrOfTests) {
  if (stryker.hitCount > stryker.hitLimit) return { status: 'timeout', reason: 'it went round too often' };
  return { status: 'killed', killedBy: [id], failureMessage: failure, nrOfTests };
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'specs', injectableClass: SpecRunner }];
