/** Warnings fail the run: a deprecation or a leaked listener is a fault that waits. */
const STRICT = Symbol.for('waymark.strict');

// Test files share a process (vitest.config.ts); the listener is the process's, not the file's.
if (!(STRICT in process)) {
  Object.defineProperty(process, STRICT, { value: true });
  process.on('warning', (warning) => {
    // vitest's own loader prints this one on Node 20 and 22; it is not ours to mend.
    if (warning.name === 'ExperimentalWarning') return;
    throw warning;
  });
}
