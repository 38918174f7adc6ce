import type { LaunchOptions } from './launch-options.js';

type Environment = Readonly<Record<string, string | undefined>>;

interface Launched {
  readonly options: LaunchOptions;
  readonly internalToken: string;
  /** The way in while there is no config. */
  readonly operatorToken: string | undefined;
}

/** npm's own, and the example, which only an empty database is told of. */
const NOT_INHERITED = /^npm_|^INIT_CWD$|^TOCSIN_EXAMPLE$/;

/** What every service process is told; variables of the caller, such as SMTP_URL and LOG_LEVEL, are handed on. */
export function childEnvironment(
  caller: Environment,
  { options, internalToken, operatorToken }: Launched,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const inherited = Object.entries(caller).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !NOT_INHERITED.test(entry[0]),
  );
  return {
    NODE_ENV: 'production',
    ...(operatorToken === undefined ? {} : { TOCSIN_OPERATOR_TOKEN: operatorToken }),
    ...Object.fromEntries(inherited),
    HOST: options.host,
    PORT: String(options.port),
    TOCSIN_HOME: options.home,
    TOCSIN_PUBLIC_URL: caller['TOCSIN_PUBLIC_URL'] ?? `http://127.0.0.1:${options.port}`,
    TOCSIN_INTERNAL_TOKEN: internalToken,
    TOCSIN_WEBHOOK_ALLOW: options.webhookAllow,
    ...(options.example === undefined ? {} : { TOCSIN_EXAMPLE: options.example }),
    ...given,
  };
}
