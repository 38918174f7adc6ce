import type { HistoryUnknown } from '@tocsin/contracts';

/** Lines of the recording that a plan is judged by, at most: some seconds of one core. The newest count. */
const MOST_LINES = 50_000;
/** So often the time is shortened until the lines are few enough. */
const MOST_TRIES = 4;

/** The recording as text: it is read where it is replayed, not in the process that pages. */
export interface RecordingTexts {
  /** A `Recording`. */
  readonly head: string;
  /** Of `RecordedInputs` each. */
  readonly pages: readonly string[];
}

/** Why there is none. */
export class NoRecording extends Error {
  constructor(
    readonly reason: HistoryUnknown,
    message: string,
  ) {
    super(message);
  }
}

interface Asked {
  /** Base URL of the API: in one process its own, else the gateway, which is this process too. */
  readonly url: string;
  readonly authorization: string | undefined;
  readonly signal: AbortSignal;
}

interface Head {
  readonly from: string;
  readonly until: string;
  readonly inputs: number;
}

/**
 * Reads the newest 30 days of the recording, or less where they hold too many lines.
 * @throws NoRecording
 */
export async function fetchRecording(asked: Asked): Promise<RecordingTexts> {
  let query = '';
  for (let tried = 1; ; tried += 1) {
    const head = await get(asked, `/v1/simulations/recording${query}`);
    const { from, until, inputs } = JSON.parse(head) as Head;
    if (inputs === 0) throw new NoRecording('nothing-recorded', 'nothing is recorded');
    if (inputs <= MOST_LINES || tried === MOST_TRIES) return { head, pages: await pagesFrom(asked, from) };
    const span = (Date.parse(until) - Date.parse(from)) * (MOST_LINES / inputs);
    query = `?from=${encodeURIComponent(new Date(Date.parse(until) - span).toISOString())}`;
  }
}

async function pagesFrom(asked: Asked, from: string): Promise<string[]> {
  const pages: string[] = [];
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page = await get(
      asked,
      `/v1/simulations/inputs?from=${encodeURIComponent(from)}&after=${String(after)}`,
    );
    pages.push(page);
    after = nextOf(page);
  }
  return pages;
}

/** Stands at the end of a page: the rest of it is not read here. */
function nextOf(page: string): number | undefined {
  const found = /\],"next":(\d+)\}$/.exec(page.slice(-40));
  return found === null ? undefined : Number(found[1]);
}

async function get({ url, authorization, signal }: Asked, path: string): Promise<string> {
  const answer = await fetch(`${url}${path}`, {
    headers: authorization === undefined ? {} : { authorization },
    signal,
  }).catch((error: unknown) => {
    throw signal.aborted
      ? new NoRecording('out-of-time', 'the recording took too long')
      : new NoRecording('no-routing', error instanceof Error ? error.message : String(error));
  });
  if (answer.ok) return answer.text();
  const isRefused = answer.status === 401 || answer.status === 403;
  throw new NoRecording(isRefused ? 'no-access' : 'no-routing', `HTTP ${answer.status} from ${path}`);
}
