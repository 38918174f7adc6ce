import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { HistoryLine } from '@tocsin/test-rig';

/** What was observed, in memory while the drill runs, then a file that a person can read beside the verdict. */
export class History {
  readonly lines: HistoryLine[] = [];

  note(line: HistoryLine): void {
    this.lines.push(line);
  }

  /** @returns the file's path */
  save(folder: string, name: string): string {
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, `${name}.jsonl`);
    writeFileSync(file, `${this.lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    return file;
  }
}
