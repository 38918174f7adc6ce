import { type Config, ROUTING_MESSAGES, say, type Target } from '@tocsin/contracts';
import { ProblemError } from '@tocsin/runtime';

interface Asked {
  /** The member of the body that they stand in. */
  readonly member: string;
  readonly targets: readonly Target[];
  /** Whether there is a service whose ladder can be meant. */
  readonly ofService: boolean;
}

/** @throws ProblemError when a target's name is not in the config, or only a service would say whom it means */
export function refuseUnknown({ member, targets, ofService }: Asked, config: Config): void {
  const errors = targets.flatMap((target, n) => {
    const detail = faultOf(target, ofService, config);
    return detail === undefined ? [] : [{ pointer: `/${member}/${n}`, detail }];
  });
  if (errors.length > 0) throw unfit(errors);
}

/** @throws ProblemError when this is no person of the config */
export function refuseUnknownPerson(member: string, person: string, config: Config): void {
  if (Object.hasOwn(config.people, person)) return;
  throw unfit([{ pointer: `/${member}`, detail: say(ROUTING_MESSAGES.unknownPerson, 'en', { person }) }]);
}

const unfit = (errors: { pointer: string; detail: string }[]): ProblemError =>
  new ProblemError(422, 'The request does not fit the config', { errors });

function faultOf(target: Target, ofService: boolean, config: Config): string | undefined {
  if (target.kind === 'everyone') return undefined;
  if (target.kind === 'ladder')
    return ofService ? undefined : say(ROUTING_MESSAGES.needsService, 'en', { level: target.level });
  const known = { person: config.people, team: config.teams, schedule: config.schedules }[target.kind];
  if (Object.hasOwn(known, target.name)) return undefined;
  return say(ROUTING_MESSAGES.unknownTarget, 'en', { kind: target.kind, name: target.name });
}
