import type { FastifyInstance } from 'fastify';
import type { HealthCheck } from './service-definition.js';

/** A check that has not answered by then counts as failed: readiness must never hang. */
const CHECK_LIMIT_MS = 2_000;

interface CheckResult {
  readonly name: string;
  readonly required: boolean;
  readonly ok: boolean;
  readonly detail?: string;
}

/** Readiness of the process: set by start and stop, asked by `/readyz`. */
export class Readiness {
  private phase: 'starting' | 'running' | 'stopping' = 'starting';

  constructor(private readonly checks: readonly HealthCheck[]) {}

  running(): void {
    this.phase = 'running';
  }
  stopping(): void {
    this.phase = 'stopping';
  }

  async report(): Promise<{ ready: boolean; degraded: boolean; phase: string; checks: CheckResult[] }> {
    const checks = await Promise.all(this.checks.map(runCheck));
    return {
      ready: this.phase === 'running' && checks.every((c) => c.ok || !c.required),
      degraded: checks.some((c) => !c.ok),
      phase: this.phase,
      checks,
    };
  }
}

async function runCheck({ name, required, check }: HealthCheck): Promise<CheckResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ ok: boolean; detail?: string }>((resolve) => {
    timer = setTimeout(
      () => resolve({ ok: false, detail: `no answer within ${CHECK_LIMIT_MS} ms` }),
      CHECK_LIMIT_MS,
    );
  });
  try {
    return { name, required, ...(await Promise.race([check(), late])) };
  } catch (error) {
    return { name, required, ok: false, detail: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** `/livez` asks nothing of anyone; `/readyz` is 503 until every required check passes; `?verbose` lists them. */
export function healthRoutes(http: FastifyInstance, readiness: Readiness): void {
  for (const path of ['/livez', '/-/healthy']) http.get(path, () => ({ status: 'alive' }));
  for (const path of ['/readyz', '/-/ready'])
    http.get<{ Querystring: { verbose?: string } }>(path, async (request, reply) => {
      const report = await readiness.report();
      reply.status(report.ready ? 200 : 503);
      const status = report.ready
        ? report.degraded
          ? 'degraded'
          : 'ready'
        : report.phase === 'running'
          ? 'unready'
          : report.phase;
      return request.query.verbose === undefined ? { status } : { status, checks: report.checks };
    });
}
