// Healthy is ready: the container takes requests and reaches what it needs.
const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/readyz`, {
  signal: AbortSignal.timeout(3_000),
}).catch(() => undefined);
process.exit(answer?.status === 200 ? 0 : 1);
