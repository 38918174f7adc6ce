import type { Mapping, MappingPack } from '../mapping-pack.js';
import { failed, MIB } from '../mapping-pack.js';
import { isObject } from '../read-members.js';
import { mapSubscriptionEvent } from './subscription-event.js';
import { mapTriggerBody } from './trigger-body.js';
import { zendeskSignature } from './zendesk-signature.js';

/** Zendesk: event subscriptions (`zen:event-type:…`) and the JSON of triggers and automations after our template. */
export const zendesk: MappingPack = {
  kind: 'zendesk',
  version: 1,
  bodyLimit: MIB,
  signature: zendeskSignature,
  refusesFaults: false,
  comeBack: 429,
  idHeaders: ['x-zendesk-webhook-invocation-id'],
  map: (body, context): Mapping => {
    if (!isObject(body)) return failed('not a JSON object');
    const type = body['type'];
    return typeof type === 'string' && type.startsWith('zen:event-type:')
      ? mapSubscriptionEvent(body, type.slice('zen:event-type:'.length), context)
      : mapTriggerBody(body, context);
  },
};
