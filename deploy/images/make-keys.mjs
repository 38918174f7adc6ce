// One-shot container «keys»: makes the keys of this installation at its first start, keeps them in a volume, prints them.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const file = process.env.TOCSIN_KEYS ?? '/keys/keys.env';
const url = process.env.TOCSIN_PUBLIC_URL || `http://127.0.0.1:${process.env.TOCSIN_PORT || 8080}`;
const secret = () => randomBytes(24).toString('base64url');

if (!existsSync(file)) {
  const keys = {
    TOCSIN_DEMO_SOURCE_KEY: secret(),
    TOCSIN_DEMO_ZENDESK_SECRET: secret(),
    // PagerDuty's routing keys are 32 characters; its clients check that.
    TOCSIN_DEMO_PAGERDUTY_ROUTING_KEY: randomBytes(16).toString('hex'),
    TOCSIN_DEMO_OPERATOR_TOKEN: secret(),
    TOCSIN_INTERNAL_TOKEN: secret(),
    TOCSIN_SECRET_KEY: randomBytes(32).toString('base64'),
  };
  const lines = Object.entries(keys).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(`${file}.new`, lines.join(''), { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  const ticket =
    '{"id":"demo-1","type":"ticket.created","key":"DEMO-1","subject":"Nobody can pay","severity":"critical"}';
  process.stdout.write(
    [
      'The keys of this installation, made now and kept in the volume «keys»:',
      ...lines.filter((line) => line.startsWith('TOCSIN_DEMO_')).map((line) => `  ${line.trim()}`),
      'When the services are healthy:',
      `  curl -H 'Authorization: Bearer ${keys.TOCSIN_DEMO_OPERATOR_TOKEN}' ${url}/v1/cases`,
      `  curl -X POST ${url}/v1/sources/demo/events -H 'Authorization: Bearer ${keys.TOCSIN_DEMO_SOURCE_KEY}' -H 'Content-Type: application/json' -d '${ticket}'`,
      `  curl -H 'Authorization: Bearer ${keys.TOCSIN_DEMO_OPERATOR_TOKEN}' ${url}/v1/sandbox/messages`,
      '',
    ].join('\n'),
  );
} else if (process.argv.includes('--show')) process.stdout.write(readFileSync(file, 'utf8'));
else
  process.stdout.write(
    'The keys of this installation are in the volume «keys»; show them with: docker compose run --rm keys --show\n',
  );
