import fc from 'fast-check';

/** The same worlds in each run, so that a change and not luck turns a test red. `random` goes hunting for new ones. */
const seed = process.env['TOCSIN_TEST_SEED'] ?? '1';

fc.configureGlobal(seed === 'random' ? {} : { seed: Number(seed) });

export { fc };

const SHARE = Number(process.env['TOCSIN_TEST_SHARE'] ?? '1');

/**
 * How many random worlds a property tries: all of them in `npm test`, and the share that TOCSIN_TEST_SHARE says in
 * `npm run check`, which is for an answer soon.
 */
export const runs = (all: number): number => Math.ceil(all * SHARE);

/** Only where all worlds are tried may a spec ask what has occurred in them. */
export const triesAll = SHARE >= 1;
