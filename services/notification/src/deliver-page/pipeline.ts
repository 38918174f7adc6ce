import type { EndedDelivery } from './delivery.js';

/** Why a delivery left the pipeline without a record of its own making: the attempt is no longer ours. */
export interface Dropped {
  readonly dropped: 'lease-lost';
}

/** A stage hands on a richer delivery, ends it early, or drops it. */
export type Stage<In, Out> = (
  delivery: In,
) => Out | EndedDelivery | Dropped | Promise<Out | EndedDelivery | Dropped>;

const isOver = (d: object): d is EndedDelivery | Dropped => 'ending' in d || 'dropped' in d;

/** The stages in their order. */
export interface Stages<A, B, C, D> {
  readonly claimed: Stage<A, B>;
  readonly stop: Stage<B, C>;
  readonly render: Stage<C, D>;
  readonly send: Stage<D, EndedDelivery>;
  readonly record: (ended: EndedDelivery) => Promise<void>;
}

/**
 * Joins the stages to one function. A delivery that was ended early goes straight to `record`; a dropped one nowhere.
 * `onSent` is told when the provider is done with it: the record that follows waits for others to be written with it.
 */
export function pipeline<A extends object, B extends object, C extends object, D extends object>(
  stages: Stages<A, B, C, D>,
): (delivery: A, onSent: () => void) => Promise<void> {
  return async (delivery, onSent) => {
    const held = await stages.claimed(delivery);
    const wanted = isOver(held) ? held : await stages.stop(held);
    const rendered = isOver(wanted) ? wanted : await stages.render(wanted);
    const sent = isOver(rendered) ? rendered : await stages.send(rendered);
    onSent();
    if ('dropped' in sent) return;
    await stages.record(sent);
  };
}
