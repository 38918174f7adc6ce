import type { SandboxMessage } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';

export interface NewSandboxMessage {
  readonly tenant: string;
  readonly person: string;
  readonly method: string;
  readonly kind: string;
  readonly key: string;
  readonly try: number;
  readonly caseId: string;
  readonly language: string;
  readonly text: string;
  readonly answerUrl: string;
  readonly repeat: boolean;
}

/** A message as the phone shows it: with the kind of method that it stands for. */
export type PhoneMessage = SandboxMessage & { readonly kind: string; readonly language: string };

/** What the sandbox phones received. */
export class SandboxPhoneStore {
  constructor(private readonly db: Transactions) {}

  /** A page key and try arrive once, however often they are written. */
  async receive(messages: readonly NewSandboxMessage[]): Promise<void> {
    await this.db.query('hot', {
      name: 'sandbox.receive',
      text: `INSERT INTO notification.sandbox_message (tenant, person, method, kind, key, try, case_id, language, text, answer_url, repeat)
        SELECT tenant, person, method, kind, key, try, "caseId", language, text, "answerUrl", repeat
        FROM json_to_recordset($1) AS m(tenant text, person text, method text, kind text, key text, try int, "caseId" text,
          language text, text text, "answerUrl" text, repeat boolean)
        ON CONFLICT (key, try) DO NOTHING`,
      values: [JSON.stringify(messages)],
    });
  }

  /** Oldest first, after the cursor. @param since id of the last message seen, '0' for all */
  async list(
    tenant: string,
    person: string | undefined,
    since: string,
    limit: number,
  ): Promise<PhoneMessage[]> {
    return this.db.query<PhoneMessage>('cold', {
      name: 'sandbox.list',
      text: `${SELECT} WHERE tenant = $1 AND ($2::text IS NULL OR person = $2) AND id > $3::bigint ORDER BY m.id LIMIT $4`,
      values: [tenant, person ?? null, since, limit],
    });
  }

  /** The newest few of every phone, newest first. */
  async newest(tenant: string, limit: number): Promise<PhoneMessage[]> {
    return this.db.query<PhoneMessage>('cold', {
      name: 'sandbox.newest',
      text: `${SELECT} WHERE tenant = $1 ORDER BY m.id DESC LIMIT $2`,
      values: [tenant, limit],
    });
  }
}

const SELECT = `SELECT m.id::text AS id, person, method, kind, key, case_id AS "caseId", language, text, answer_url AS "answerUrl", repeat,
  to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at FROM notification.sandbox_message m`;
