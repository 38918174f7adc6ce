const WARN = 40;
const NAMES: Readonly<Record<number, string>> = { 40: 'warning', 50: 'error', 60: 'fatal' };
/** Some write pino's levels by name. */
const LEVELS: Readonly<Record<string, number>> = { warn: WARN, error: 50, fatal: 60 };

interface LogLine {
  readonly level?: number | string;
  readonly msg?: string;
  readonly service?: string;
  readonly err?: { readonly message?: string };
}

/** What of a child's line a person at the terminal should see: warnings and errors in one short line, else undefined. */
export function shortLine(child: string, line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { level = 0, msg = '', service = child, err } = JSON.parse(line) as LogLine;
    const severity = typeof level === 'number' ? level : (LEVELS[level] ?? 0);
    if (severity < WARN) return undefined;
    return `${NAMES[severity] ?? 'error'} ${service}: ${msg}${causeOf(err)}`;
  } catch {
    return undefined;
  }
}

const causeOf = (err: LogLine['err']): string => {
  const [first = ''] = (err?.message ?? '').split('\n');
  return first === '' ? '' : `: ${first}`;
};
