import { type Config, type EngineInput, RESOLUTION_MEMBERS } from '@tocsin/contracts';
import { chosenCodes } from '../resolution/resolution-codes.js';
import type { Stimulus } from './happening.js';
import { recordedEvent } from './replay/recorded-event.js';

/** What comes from outside, as it is recorded. Whoever resolves says all that the config may ask for. */
export function recordedStimulus(act: Stimulus['act'], config: Config): EngineInput {
  switch (act.type) {
    case 'event':
      return { kind: 'event', event: recordedEvent(act.event, config) };
    case 'acknowledge':
      return { kind: 'act', act: { type: 'Acknowledged', by: act.by } };
    case 'resolve': {
      const [code] = chosenCodes(config.resolution);
      const said = RESOLUTION_MEMBERS.filter((member) => member !== 'code');
      return {
        kind: 'act',
        act: { type: 'Resolved', by: act.by, said, ...(code === undefined ? {} : { code }) },
      };
    }
  }
}
