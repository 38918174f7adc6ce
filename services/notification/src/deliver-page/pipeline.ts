import type { EndedDelivery } from './delivery.js';

/** Why a delivery left the pipeline without a record of its own making: the attempt is no longer ours. */
export interface Dropped {
  readonly dropped: 'lease-lost';
}

/** A stage hands on a richer delivery, ends it early, or drops it. */
export type Stage<In, Out> = (delivery: In) => Out | EndedDelivery | Dropped | Promise<Out | EndedDelivery | Dropped>;

const isOver = (d: object): d is EndedDelivery | Dropped => 'ending' in d || 'dropped' in d;

/**
 * Joins the stages to one function. A delivery that was ended early goes straight to `record`; a dropped one nowhere.
 */
export function pipeline<A extends object, B extends object, C extends object, D extends object>(
  claimed: Stage<A, B>,
  stop: Stage<B, C>,
  render: Stage<C, D>,
  send: Stage<D, EndedDelivery>,
  record: (ended: EndedDelivery) => Promise<void>,
): (delivery: A) => Promise<void> {
  return async (delivery) => {
    const held = await claimed(delivery);
    const wanted = isOver(held) ? held : await stop(held);
    const rendered = isOver(wanted) ? wanted : await render(wanted);
    const sent = isOver(rendered) ? rendered : await send(rendered);
    if ('dropped' in sent) return;
    await record(sent);
  };
}
