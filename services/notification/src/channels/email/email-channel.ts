import { createTransport, type Transporter } from 'nodemailer';
import type { Address, Channel, DeliveryOutcome, PageMessage } from '../channel.js';
import { outcomeOfSmtpError } from './classify-smtp.js';

type EmailAddress = Extract<Address, { kind: 'email' }>;

interface EmailSettings {
  /** smtp://user:password@host:port or smtps://…; unset: no e-mail. */
  readonly url: string | undefined;
  /** The From address, such as `Tocsin <tocsin@example.com>`. */
  readonly from: string;
}

const SMTP_MS = 5_000;

/** Pages by SMTP: text, and the same as HTML. */
export class EmailChannel implements Channel<EmailAddress> {
  private readonly mailer: Transporter | undefined;

  constructor(private readonly settings: EmailSettings) {
    this.mailer =
      settings.url === undefined
        ? undefined
        : createTransport({
            url: settings.url,
            pool: true,
            maxConnections: 4,
            connectionTimeout: SMTP_MS,
            greetingTimeout: SMTP_MS,
            socketTimeout: SMTP_MS,
            // The text of a ticket must never make the mailer read a file or fetch a URL.
            disableFileAccess: true,
            disableUrlAccess: true,
          } as object);
  }

  async deliver(message: PageMessage, address: EmailAddress, signal: AbortSignal): Promise<DeliveryOutcome> {
    if (this.mailer === undefined)
      return {
        type: 'permanent',
        of: 'config',
        reason: 'no mail server: set SMTP_URL and MAIL_FROM, then restart',
      };
    const sending = this.mailer.sendMail({
      from: this.settings.from,
      // As an object: nodemailer then takes it as one address, whatever characters it holds.
      to: { name: '', address: address.to },
      subject: message.headline,
      text: message.text,
      html: message.html,
      headers: {
        'X-Tocsin-Key': message.key,
        'Auto-Submitted': 'auto-generated',
        ...(message.repeat ? { 'X-Tocsin-Repeat': 'true' } : {}),
      },
    });
    return Promise.race([
      sending.then(
        (info): DeliveryOutcome => ({ type: 'accepted', externalId: String(info.messageId) }),
        (error: unknown) => outcomeOfSmtpError(error),
      ),
      expiry(signal),
    ]);
  }

  close(): void {
    this.mailer?.close();
  }
}

function expiry(signal: AbortSignal): Promise<DeliveryOutcome> {
  return new Promise((resolve) => {
    const late = (): void =>
      resolve({ type: 'unknown', reason: 'the mail server did not finish before the deadline' });
    if (signal.aborted) late();
    else signal.addEventListener('abort', late, { once: true });
  });
}
