/**
 * How many random worlds a property tries: all of them in `npm test`, and the share that TOCSIN_TEST_SHARE says in
 * `npm run check`, which is for an answer soon.
 */
export const runs = (all: number): number => Math.ceil(all * Number(process.env['TOCSIN_TEST_SHARE'] ?? '1'));
