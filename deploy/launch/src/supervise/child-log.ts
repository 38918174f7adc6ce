import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { rotateLog } from '@tocsin/postgres/embedded';
import { shortLine } from './log-line.js';

const KEPT_LINES = 20;
const REPEAT_MS = 10_000;

/** Where a child's output goes: all of it to a file, the short form of warnings to the terminal, the last lines to memory. */
export class ChildLog {
  private readonly last: string[] = [];
  private readonly shownAt = new Map<string, number>();

  private constructor(
    private readonly child: string,
    readonly file: string,
    private readonly out: WriteStream,
    private readonly show: (line: string) => void,
  ) {}

  static async open(child: string, file: string, show: (line: string) => void): Promise<ChildLog> {
    await mkdir(dirname(file), { recursive: true });
    await rotateLog(file);
    const out = createWriteStream(file, { flags: 'a', mode: 0o600 });
    // A full disk must not stop the services: they go on without a log.
    out.on('error', () => undefined);
    return new ChildLog(child, file, out, show);
  }

  follow(stream: Readable): void {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      this.out.write(text);
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.take(line);
    });
    stream.on('end', () => {
      if (rest !== '') this.take(rest);
    });
  }

  /** Lines printed since the last call, oldest first, at most 20. */
  takeLast(): string[] {
    return this.last.splice(0);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.out.destroyed) resolve();
      else this.out.end(resolve);
    });
  }

  private take(line: string): void {
    if (line === '') return;
    this.last.push(line);
    if (this.last.length > KEPT_LINES) this.last.shift();
    const short = shortLine(this.child, line);
    if (short === undefined || performance.now() - (this.shownAt.get(short) ?? -Infinity) < REPEAT_MS) return;
    if (this.shownAt.size > 200) this.shownAt.clear();
    this.shownAt.set(short, performance.now());
    this.show(short);
  }
}
