/** EX_SOFTWARE of sysexits.h: a consumer has stopped without a word; whoever supervises starts the process anew. */
export const STALLED_EXIT_CODE = 70;

export const endThisProcess = (): void => process.exit(STALLED_EXIT_CODE);
