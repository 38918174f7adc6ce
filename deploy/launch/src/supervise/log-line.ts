const WARN = 40;
const NAMES: Readonly<Record<number, string>> = { 40: 'warning', 50: 'error', 60: 'fatal' };

/** What of a child's line a person at the terminal should see: warnings and errors in one short line, else undefined. */
export function shortLine(child: string, line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { level, msg, service, err } = JSON.parse(line) as {
      level?: number | string;
      msg?: string;
      service?: string;
      err?: { message?: string };
    };
    const severity =
      typeof level === 'number' ? level : ({ warn: 40, error: 50, fatal: 60 }[level ?? ''] ?? 0);
    if (severity < WARN) return undefined;
    const cause = err?.message ? `: ${err.message.split('\n')[0]}` : '';
    return `${NAMES[severity] ?? 'error'} ${service ?? child}: ${msg ?? ''}${cause}`;
  } catch {
    return undefined;
  }
}
