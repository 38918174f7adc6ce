const DAY_MS = 86_400_000;

/** A calendar shows a month back, and ahead as far as people plan. */
export const SHOWN_BACK_MS = 30 * DAY_MS;
export const SHOWN_AHEAD_MS = 180 * DAY_MS;
