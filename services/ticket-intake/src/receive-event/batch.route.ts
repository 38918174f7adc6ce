import type { Problem } from '@tocsin/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Directory, KnownSource } from '../authenticate-sender/known-source.js';
import type { Endings } from '../count-conservation/tally.js';
import { MIB } from '../sources/mapping-pack.js';
import { problemOf, type Refusal, refusalAnswer, send } from './answer.js';
import { type BatchLine, linesOf } from './batch-lines.js';
import { takeBytes } from './body-parsers.js';
import { refuse, refuseFastifyErrors } from './count-refusal.js';
import { refusalOf } from './event-answers.js';
import { bytesOf, receivedOf, refuseBeforeBody } from './event.route.js';
import type { IntakeRim } from './intake-routes.js';
import type { Prepared, Received } from './prepare-events.js';
import { mostKeysOf } from './read-body.js';
import { type BodyOutcome, endingsOf, sizeOf } from './receiver.js';
import { senderOfBody } from './sender-of.js';

const NDJSON = ['application/x-ndjson', 'application/ndjson'];
/** Lines that are parsed and mapped before other requests get their turn. */
const LINES_PER_TURN = 250;

type LineResult =
  | { line: number; eventId: string; duplicate: boolean; quarantined?: true }
  | { line: number; error: Problem };

/** `POST /v1/sources/{source}/events:batch`: each line succeeds or fails alone; what succeeded is durable. */
export function batchRoute(scope: FastifyInstance, rim: IntakeRim): void {
  const named = (request: FastifyRequest): string | undefined =>
    (request.params as { source?: string }).source;
  takeBytes(scope, ['application/json', ...NDJSON]);
  refuseFastifyErrors(scope, rim, named);
  refuseBeforeBody(scope, rim);
  scope.post<{ Params: { source: string } }>(
    '/v1/sources/:source/events::batch',
    { bodyLimit: 16 * MIB },
    async (request, reply) => {
      const directory = rim.directory();
      const source = directory?.byName.get(request.params.source);
      if (directory === undefined || source === undefined)
        return refuse(rim, request.params.source, { status: 404, message: 'unknownSource' }, reply);
      return receiveBatch(rim, directory, source, reply);
    },
  );
}

async function receiveBatch(
  rim: IntakeRim,
  directory: Directory,
  source: KnownSource,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { request } = reply;
  const body = bytesOf(request);
  const refusal = await senderOfBody(source, request, body, rim.clock.now());
  if (refusal !== undefined) return refuse(rim, source.name, refusal, reply);
  const isArray = !NDJSON.includes(
    (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
  );
  const lines = linesOf(body, isArray, mostKeysOf(source.pack));
  if (!lines.ok) {
    const status = lines.message === 'tooManyLines' ? 413 : 400;
    return refuse(rim, source.name, { ...lines, status }, reply);
  }
  const results = await storeLines(rim, lines.lines, receivedOf(directory, source, request));
  // Nothing at all could be stored: the sender's own retry is worth more than ten thousand equal errors.
  const [first] = results;
  if (first !== undefined && results.every((item) => 'error' in item && isUnavailable(item.error)))
    return send(
      reply,
      refusalAnswer(
        { status: source.pack.comeBack, message: 'unavailable', retryAfter: 1 },
        request.headers['accept-language'],
      ),
    );
  return send(reply, { status: 200, problem: false, body: { results } });
}

const isUnavailable = ({ status }: Problem): boolean => status === 503 || status === 429;

async function storeLines(
  rim: IntakeRim,
  lines: readonly BatchLine[],
  common: Omit<Received, 'value' | 'raw'>,
): Promise<LineResult[]> {
  const bodies: (readonly [Received, Prepared])[] = [];
  let size = 0;
  for (const [at, { parsed, raw }] of lines.entries()) {
    if (at % LINES_PER_TURN === LINES_PER_TURN - 1) await new Promise(setImmediate);
    if (!parsed.ok) {
      size++;
      continue;
    }
    const received = { ...common, value: parsed.value, raw };
    const prepared = rim.preparer.prepare(received);
    size += sizeOf(prepared);
    bodies.push([received, prepared]);
  }
  const counted = rim.counters.received(common.config.tenant, common.source.name, size);
  const outcomes = await rim.receiver.store(bodies);
  rim.counters.ended(counted, totalOf(outcomes, bodies, lines.length - bodies.length));
  return resultsOf(lines, outcomes, common);
}

function totalOf(
  outcomes: readonly BodyOutcome[],
  bodies: readonly (readonly [Received, Prepared])[],
  unparsed: number,
): Endings {
  const total = { accepted: 0, duplicate: 0, quarantined: 0, rejected: unparsed, conflict: 0, unknown: 0 };
  for (const [at, outcome] of outcomes.entries()) {
    const size = sizeOf((bodies[at] as readonly [Received, Prepared])[1]);
    for (const [name, count] of Object.entries(endingsOf(outcome, size)))
      total[name as keyof typeof total] += count;
  }
  return total;
}

function resultsOf(
  lines: readonly BatchLine[],
  outcomes: readonly BodyOutcome[],
  { source, headers }: Omit<Received, 'value' | 'raw'>,
): LineResult[] {
  const language = typeof headers['accept-language'] === 'string' ? headers['accept-language'] : undefined;
  const failed = (line: number, refusal: Refusal): LineResult => ({
    line,
    error: problemOf(refusal, language),
  });
  let next = 0;
  return lines.map(({ line, parsed }) => {
    if (!parsed.ok) return failed(line, { ...parsed, status: parsed.message === 'tooLarge' ? 413 : 400 });
    const outcome = outcomes[next++] as BodyOutcome;
    const refusal = refusalOf(outcome, source);
    if (refusal !== undefined) return failed(line, refusal);
    return stored(line, outcome);
  });
}

function stored(line: number, outcome: BodyOutcome): LineResult {
  const [first] = outcome.kind === 'stored' ? outcome.events : [];
  if (first === undefined) throw new Error('a stored body without events');
  const { eventId, duplicate } = first;
  return {
    line,
    eventId,
    duplicate,
    ...(first.outcome === 'quarantined' ? { quarantined: true as const } : {}),
  };
}
