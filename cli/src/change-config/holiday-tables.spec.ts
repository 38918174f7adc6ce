import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readFolder } from '@tocsin/config-files';
import { readConfig } from '@tocsin/rules';

const FOLDER = fileURLToPath(new URL('../../../examples/holidays', import.meta.url));

describe('the holiday tables of examples/holidays', () => {
  it('are read as they stand, each date once and none both free and worked', async () => {
    const merged = await readFolder(FOLDER);
    if (!merged.ok) throw new Error(JSON.stringify(merged.faults));
    const read = readConfig(merged.tree);
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    expect(Object.keys(read.config.holidays).toSorted()).toEqual(['CN', 'GB', 'JP', 'SG', 'US']);
    for (const { days, worked } of Object.values(read.config.holidays)) {
      const dates = [...days.map(({ date }) => date), ...worked];
      expect(new Set(dates).size).toBe(dates.length);
    }
  });
});
