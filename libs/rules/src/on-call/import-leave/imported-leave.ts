import type { SHIFT_TEXTS } from '@tocsin/contracts';
import type { TimeSpan } from '../on-call-shift.js';

/** One stretch of leave that a file names. */
export interface ImportedLeave extends TimeSpan {
  /** Stays the same from import to import: what has the same key is the same leave. */
  readonly key: string;
  readonly person: string;
  readonly reason?: string | undefined;
}

/** What cannot be read: where, and by its text what to do. */
export interface ImportFault {
  /** 1 is the first line of the file. */
  readonly line: number;
  readonly message: keyof typeof SHIFT_TEXTS;
  readonly facts?: Readonly<Record<string, string>>;
}

/** All of a file or its faults: a file of which something cannot be read is not taken in parts. */
export type ReadLeave =
  | { readonly ok: true; readonly leave: readonly ImportedLeave[] }
  | { readonly ok: false; readonly faults: readonly ImportFault[] };

/** Ends the reading of one event. */
export class Unreadable extends Error {
  constructor(readonly fault: ImportFault) {
    super(fault.message);
  }
}
