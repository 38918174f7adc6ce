import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

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

/** Request headers and response headers in one parameter. */
export const ExchangeOf = createParamDecorator((_: unknown, context: ExecutionContext): Exchange => {
  const http = context.switchToHttp();
  const { headers } = http.getRequest<Pick<Exchange, 'headers'>>();
  const reply = http.getResponse<Reply>();
  return {
    headers,
    setHeader: (name, value) => {
      reply.header(name, value);
    },
  };
});
