import type { TicketEvent } from '@tocsin/contracts';

const STATUSES: Readonly<Record<string, TicketEvent['status']>> = {
  new: 'new',
  open: 'open',
  pending: 'waiting-for-customer',
  hold: 'on-hold',
  'on-hold': 'on-hold',
  solved: 'solved',
  closed: 'solved',
};

/** Zendesk writes its words in upper, lower and title case, and `-` for none. */
export function wordOf(text: string | undefined): string | undefined {
  const word = text?.trim().toLowerCase();
  return word === '' || word === '-' ? undefined : word;
}

/** Custom statuses that we cannot place have none. */
export const statusOf = (text: string | undefined): TicketEvent['status'] => {
  const word = wordOf(text);
  return word === undefined ? undefined : STATUSES[word];
};
