import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

/** SHA-256 of the files' bytes, in the order given. */
export async function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file)).update('\0');
  return hash.digest('hex');
}

/** Whether `file` says that the work named by `mark` was finished. */
export async function isStamped(file, mark) {
  return (await readFile(file, 'utf8').catch(() => '')).trim() === mark;
}

/** Written only after the work: what was cut short is done again. */
export async function stamp(file, mark) {
  await writeFile(file, `${mark}\n`);
}
