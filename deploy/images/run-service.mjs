// Entry of a service's container: the keys of this installation (made by the container «keys»), then the service itself.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [service] = process.argv.slice(2);
const main = resolve(import.meta.dirname, '../../services', service ?? '', 'dist/main.js');
const keys = process.env.TOCSIN_KEYS ?? '/keys/keys.env';
if (!service || !existsSync(main)) {
  process.stderr.write(
    `there is no service «${service ?? ''}» in this image: give its name as the command, such as console\n`,
  );
  process.exit(78);
}
// A variable that compose hands on without a value means that it is not set.
for (const [name, value] of Object.entries(process.env)) if (value === '') delete process.env[name];
process.env.TOCSIN_PUBLIC_URL ??= `http://127.0.0.1:${process.env.TOCSIN_PORT ?? 8080}`;
// What the environment gives goes before what the file gives.
if (existsSync(keys)) process.loadEnvFile(keys);
await import(pathToFileURL(main).href);
