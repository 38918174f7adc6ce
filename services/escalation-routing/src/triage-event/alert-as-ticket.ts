import { type AlertEvent, instantOf, type TicketEvent } from '@tocsin/contracts';

/** What metric-monitoring found goes the way of every other alert; its own source name keeps the keys apart. */
export function ticketEventOf(alert: AlertEvent): TicketEvent {
  const { id, tenant, alertKey, at, subject, attributes } = alert;
  return {
    id,
    tenant,
    source: 'metric-monitoring',
    kind: 'alert',
    type: alert.type === 'AlertRaised' ? 'alert.raised' : 'alert.cleared',
    ticketKey: alertKey,
    version: { by: 'occurred-at', at: instantOf(at), tie: id },
    receivedAt: at,
    occurredAt: at,
    subject,
    ...(alert.severity === undefined ? {} : { severity: alert.severity }),
    ...(alert.category === undefined ? {} : { category: alert.category }),
    ...(alert.market === undefined ? {} : { market: alert.market }),
    ...(alert.service === undefined ? {} : { service: alert.service }),
    tags: [],
    parties: [],
    attributes,
    restricted: false,
  };
}
