import { createHmac } from 'node:crypto';

/**
 * Standard Webhooks 1.0.0, symmetric: base64(HMAC-SHA256(key, id.timestamp.body)).
 * @param secret `whsec_` + base64, or bare base64 (as the reference libraries take it)
 * @param timestamp whole seconds since 1970
 * @returns the value of `webhook-signature`
 */
export function signWebhook(secret: string, id: string, timestamp: number, body: string): string {
  const bare = secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret;
  const key = Buffer.from(bare, 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** Standard Webhooks asks for 24 to 64 bytes. @returns the fault with its cure, or undefined */
export function faultOfSecret(secret: string): string | undefined {
  const bare = secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret;
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(bare);
  const bytes = Buffer.from(bare, 'base64').length;
  return isBase64 && bytes >= 18 && bytes <= 96
    ? undefined
    : 'write whsec_ and 24 to 64 random bytes in base64, such as: echo whsec_$(openssl rand -base64 32)';
}
