import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { HistoryLine } from '@tocsin/test-rig';

/** What was observed, in memory while the drill runs, then a file that a person can read beside the verdict. */
export class History {
  readonly lines: HistoryLine[] = [];
  private ended = false;

  note(line: HistoryLine): void {
    if (!this.ended) this.lines.push(line);
  }

  /** What still happens after `t` is not judged: the database has been read by then. */
  end(t: number): void {
    const seen = this.lines.filter((line) => line.ev !== 'prov.recv' || line.t <= t);
    this.lines.splice(0, this.lines.length, ...seen, { t, ev: 'end' });
    this.ended = true;
  }

  /**
   * With what the system printed beside it.
   * @returns the path of the history
   */
  save(folder: string, name: string, printed: string): string {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `${name}.log`), printed);
    const file = path.join(folder, `${name}.jsonl`);
    writeFileSync(file, `${this.lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    return file;
  }
}
