/** The path of one case. */
export const pathOf = (id: string): string => `/v1/cases/${encodeURIComponent(id)}`;

/** A member of a body; left out when nothing was given for it. */
export const given = <K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> =>
  value === undefined ? {} : ({ [name]: value } as Record<K, V>);
