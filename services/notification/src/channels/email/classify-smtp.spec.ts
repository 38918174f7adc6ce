import { describe, expect, it } from '@jest/globals';
import { outcomeOfSmtpError } from './classify-smtp.js';
import { EmailChannel } from './email-channel.js';

describe('the outcome of a mail', () => {
  it.each([
    [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }, 'permanent', 'address'],
    [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 450 }, 'retryable', undefined],
    [{ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 }, 'permanent', 'config'],
    [{ code: 'ESOCKET', command: 'CONN' }, 'retryable', undefined],
    [{ code: 'ETIMEDOUT', command: 'DATA' }, 'unknown', undefined],
    [{ code: 'EMESSAGE', command: 'DATA', responseCode: 451 }, 'retryable', undefined],
  ])('of %j is %s', (error, type, of) => {
    expect(outcomeOfSmtpError(Object.assign(new Error('no'), error))).toMatchObject({
      type,
      ...(of === undefined ? {} : { of }),
    });
  });

  it('names the cure when there is no mail server', async () => {
    const channel = new EmailChannel({ url: undefined, from: 'x' });
    const outcome = await channel.deliver(
      {} as never,
      { kind: 'email', to: 'a@example.com' },
      AbortSignal.timeout(10),
    );
    expect(outcome).toMatchObject({
      type: 'permanent',
      of: 'config',
      reason: expect.stringContaining('SMTP_URL'),
    });
  });
});
