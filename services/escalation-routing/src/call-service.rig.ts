export interface Called<T> {
  readonly status: number;
  readonly body: T;
}

/** Asks the service under test over HTTP, as whoever holds the token; the answer is JSON. */
export async function callService<T>(
  url: string,
  token: string,
  method: 'GET' | 'POST' | 'DELETE',
  body?: object,
): Promise<Called<T>> {
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
}
