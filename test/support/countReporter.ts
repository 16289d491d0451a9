import type { Reporter, TestModule } from 'vitest/node';

/** Closes the run with the plain line `N passed, N failed` that CI reads. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 };
    for (const module of modules) {
      counts.failed += brokenSuites(module);
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') counts[state] += 1;
      }
    }
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
  }
}

/** Files and suites that broke outside their tests, e.g. in a `beforeAll`: their tests count as skipped. */
function brokenSuites(module: TestModule): number {
  const suites = [...module.children.allSuites()].reduce((sum, suite) => sum + suite.errors().length, 0);
  return module.errors().length + suites;
}
