const MARK = 'by-hand ';

/** What the row of a ticket says of its group when a person has taken it out of a case: no rule places it meanwhile. */
export const placedByHand = (takenFrom: bigint): string => `${MARK}${takenFrom}`;

/** The case that a person has taken the ticket out of; undefined when rules place it. */
export const takenFrom = (groupKey: string | undefined): bigint | undefined =>
  groupKey?.startsWith(MARK) === true ? BigInt(groupKey.slice(MARK.length)) : undefined;
