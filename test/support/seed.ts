import fc from 'fast-check';

/**
 * The seed of every property test: one number, so that a run says the same of the same code wherever it is made.
 * `PROPERTY_SEED=random` or a number looks at other cases; fast-check names the seed of what it finds.
 */
const seed = process.env['PROPERTY_SEED'] ?? '2026';
if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
