import type { DeliveryOutcome } from '../channel.js';

/** The members of nodemailer's errors that tell what happened. */
interface SmtpError {
  readonly message: string;
  readonly code?: string;
  /** The SMTP command that failed, such as CONN, AUTH, RCPT TO, DATA. */
  readonly command?: string;
  /** RFC 5321 reply code. */
  readonly responseCode?: number;
}

/** What a failed submission means: 4yz may pass later, 5yz never will (RFC 5321, 4.2.1). */
export function outcomeOfSmtpError(error: unknown): DeliveryOutcome {
  const { message, code, command, responseCode } = error as SmtpError;
  const reason = `SMTP ${responseCode ?? code ?? 'error'}: ${message.slice(0, 200)}`;
  if (code === 'EAUTH' || code === 'ENOAUTH') return { type: 'permanent', of: 'config', reason };
  if (responseCode !== undefined)
    return responseCode >= 500 ? { type: 'permanent', of: 'address', reason } : { type: 'retryable', reason };
  // Without a reply after DATA the server may have taken the message.
  return command === 'DATA' ? { type: 'unknown', reason } : { type: 'retryable', reason };
}
