import { open, rename, stat } from 'node:fs/promises';

const ROTATE_BYTES = 10 * 1024 * 1024;
const TAIL_BYTES = 64 * 1024;

/** Keeps one older log beside a log that has outgrown 10 MiB. */
export async function rotateLog(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > ROTATE_BYTES) await rename(file, `${file}.1`);
}

/** The last `count` lines written to the log after byte `since`, oldest first. */
export async function lastLines(file: string, count: number, since = 0): Promise<string[]> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return [];
  try {
    const { size } = await handle.stat();
    const from = Math.max(since, size - TAIL_BYTES, 0);
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(Math.max(size - from, 0)),
      0,
      undefined,
      from,
    );
    return buffer.toString('utf8', 0, bytesRead).split('\n').filter(Boolean).slice(-count);
  } finally {
    await handle.close();
  }
}
