import { existsSync, readFileSync } from 'node:fs';

/**
 * Counts of one jest run from its `--json` file (format: jest's AggregatedResult).
 * A file that could not even be loaded has no tests of its own: it counts as one failure, so that it cannot hide.
 */
export function readResults(file, exit) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const results = JSON.parse(readFileSync(file, 'utf8'));
  const counts = {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    skipped: results.numPendingTests + results.numTodoTests,
  };
  return counts.failed === 0 && exit !== 0 ? { ...counts, failed: 1 } : counts;
}

export const totalOf = (results) =>
  results.reduce(
    (sum, next) => ({
      passed: sum.passed + next.passed,
      failed: sum.failed + next.failed,
      skipped: sum.skipped + next.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );

export const summaryOf = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;
