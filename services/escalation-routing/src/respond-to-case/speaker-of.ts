import { type Config, ROUTING_MESSAGES } from '@tocsin/contracts';
import { type Caller, ProblemError } from '@tocsin/runtime';
import { refuseUnknownPerson } from '../known-targets.http.js';

/**
 * Who acts: operators and our own services may speak for a person, a responder's token speaks for itself.
 * @param person whom the body names
 * @throws ProblemError when the caller may not speak for them, or nobody is called so
 */
export function speakerOf({ role, actor }: Caller, person: string | undefined, config: Config): string {
  if (person === undefined || person === actor) return actor;
  if (role === 'service') return person;
  if (role !== 'operator') throw new ProblemError(403, ROUTING_MESSAGES.speaksForOthers.en);
  refuseUnknownPerson('person', person, config);
  return person;
}
