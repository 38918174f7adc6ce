import type { Histogram } from 'hdr-histogram-js';
import type { Cost } from './cost.js';

/** Rows with aligned columns. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Milliseconds at p50, p90, p99, p99.9 and max of a histogram of microseconds. */
export const percentiles = (histogram: Histogram): string[] =>
  histogram.totalCount === 0
    ? ['-', '-', '-', '-', '-']
    : [50, 90, 99, 99.9, 100].map((p) => (histogram.getValueAtPercentile(p) / 1_000).toFixed(1));

export const costRows = (costs: readonly Cost[], events: number): string[][] => [
  ['service', 'CPU s', 'CPU ms/event', 'PSS MB'],
  ...costs.map(({ role, cpuSeconds, pssMb }) => [
    role,
    cpuSeconds.toFixed(2),
    events === 0 ? '-' : ((cpuSeconds * 1_000) / events).toFixed(3),
    pssMb.toFixed(0),
  ]),
  totalRow(costs, events),
];

function totalRow(costs: readonly Cost[], events: number): string[] {
  const cpu = costs.reduce((sum, cost) => sum + cost.cpuSeconds, 0);
  const pss = costs.reduce((sum, cost) => sum + cost.pssMb, 0);
  return ['all', cpu.toFixed(2), events === 0 ? '-' : ((cpu * 1_000) / events).toFixed(3), pss.toFixed(0)];
}
