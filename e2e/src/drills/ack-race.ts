import { setTimeout as sleep } from 'node:timers/promises';
import type { DrillScene } from './drill.js';
import { STEP_WAIT } from './drill-world.js';

/** An answer to every page of the first step, within 50 ms of the instant at which the second is due. */
export const ackRace = ({ provider, api, random }: DrillScene): Promise<void> => {
  const before = provider.onPage;
  provider.onPage = (page) => {
    before(page);
    if (page.person !== 'bo') return;
    void sleep(STEP_WAIT * 1_000 - 50 + random() * 100)
      .then(() => api.act(page.caseId, 'acknowledge', { person: 'bo' }))
      // An answer that does not arrive is nobody's fault here: the case then goes on to the next step.
      .catch(() => undefined);
  };
  return Promise.resolve();
};
