/** Warnings fail the run: a deprecation or a leaked listener is a fault that waits. */
process.on('warning', (warning) => {
  // vitest's own loader prints this one on Node 20 and 22; it is not ours to mend.
  if (warning.name === 'ExperimentalWarning') return;
  throw warning;
});
