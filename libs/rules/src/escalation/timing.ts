import type { Instant, Seconds } from '@tocsin/contracts';

/** An exhausted case reminds its fallback this often: nobody may forget a case that nobody took. */
export const REMIND_EVERY: Seconds = 15 * 60;

/** Asking for the same thing again within this time is the same wish: a double tap must not skip a person. */
export const SAME_WISH_WITHIN: Seconds = 10;

/** How long a person who was paged by hand has, before the policy goes on. */
export const WAIT_BY_HAND: Seconds = 300;

/** @returns the instant `seconds` after `at` */
export const after = (at: Instant, seconds: Seconds): Instant => at + seconds * 1000;
