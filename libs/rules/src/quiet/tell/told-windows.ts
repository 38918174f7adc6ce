import type { Instant } from '@tocsin/contracts';
import type { TimeSpan } from '../../on-call/on-call-shift.js';
import type { QuietWindow } from '../quiet-window.js';

/** What has been told of one window. */
export interface ToldWindow {
  readonly window: QuietWindow;
  /** The silence that was said to have started: from when, and until when it goes on as far as is known. */
  readonly running?: TimeSpan | undefined;
  /** Ended before its time or cancelled: there is nothing more to tell. */
  readonly over?: boolean | undefined;
}

/** What has been told of a tenant's windows, by their ids, and up to which instant. */
export interface ToldWindows {
  readonly until: Instant;
  /** Of the config whose windows are known; 0 before the first. */
  readonly revision: number;
  readonly windows: Readonly<Record<string, ToldWindow>>;
}

/** Those of the config are known by their name: it is unique among them. ASCII, as headers and keys want it. */
export const windowIdOf = ({ id, name }: Pick<QuietWindow, 'id' | 'name'>): string =>
  id ?? `config:${encodeURIComponent(name.toWellFormed())}`;
