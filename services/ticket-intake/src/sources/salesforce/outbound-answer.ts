import type { Told, VendorAnswer } from '../mapping-pack.js';

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
const OUTBOUND = 'http://soap.sforce.com/2005/09/outbound';

const message = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="${ENVELOPE}"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replaceAll(/[&<>]/g, (one) => ESCAPED[one] ?? one);

/** Salesforce takes 200 with `Ack` for received; anything else it sends again, for 24 hours. */
export const outboundAnswer = ({ status, refused }: Told): VendorAnswer =>
  refused === undefined
    ? {
        status: 200,
        mediaType: 'text/xml',
        body: message(`<notificationsResponse xmlns="${OUTBOUND}"><Ack>true</Ack></notificationsResponse>`),
      }
    : {
        status,
        mediaType: 'text/xml',
        body: message(
          `<soapenv:Fault><faultcode>soapenv:${status < 500 ? 'Client' : 'Server'}</faultcode><faultstring>${escaped(refused)}</faultstring></soapenv:Fault>`,
        ),
      };
