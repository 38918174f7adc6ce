import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ProblemError } from '@tocsin/runtime';

/** The headers of a request that routing reads, and a way to answer with one. */
export interface Exchange {
  readonly headers: {
    readonly 'idempotency-key'?: string;
    readonly 'if-match'?: string;
    readonly traceparent?: string;
  };
  setHeader(name: string, value: string): void;
}

/** The parts of Fastify's reply that are used here. */
interface Reply {
  header(name: string, value: string): unknown;
}

const LONGEST_KEY = 255;

/** Request headers and response headers in one parameter. */
export const ExchangeOf = createParamDecorator((_: unknown, context: ExecutionContext): Exchange => {
  const http = context.switchToHttp();
  const { headers } = http.getRequest<Pick<Exchange, 'headers'>>();
  const reply = http.getResponse<Reply>();
  if ((headers['idempotency-key']?.length ?? 0) > LONGEST_KEY)
    throw new ProblemError(400, `The Idempotency-Key is longer than ${LONGEST_KEY} characters`);
  return {
    headers,
    setHeader: (name, value) => {
      reply.header(name, value);
    },
  };
});
