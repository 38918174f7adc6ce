/** The path of one case. */
export const pathOf = (id: string): string => `/v1/cases/${encodeURIComponent(id)}`;

/** A member of a body; left out when nothing was given for it. */
export const given = <K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> =>
  value === undefined ? {} : ({ [name]: value } as Record<K, string>);
