/**
 * A member that the record itself has. Keys come from outside (a severity, a source, a service), and `constructor`
 * must find nothing.
 */
export const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
