import { type Config, type Instant, rankOf } from '@tocsin/contracts';
import { dependedOn, type OpenParent } from '../../quiet/quiet-by-parent.js';
import { isOver, type ReplayedCase } from './replayed-case.js';

/** Which cases of a replayed world others are quiet for, and which those are. */
export class ReplayedParents {
  private readonly needed = new Map<Config, readonly string[]>();
  /** Open cases for which somebody is or was paged, by service. */
  private readonly speaking = new Map<string, Set<ReplayedCase>>();
  /** Cases that are quiet for another, by its name. */
  private readonly children = new Map<string, Set<ReplayedCase>>();

  /** Of each service that another depends on and each market the most urgent one. */
  open(config: Config): readonly OpenParent[] {
    return this.neededBy(config).flatMap((service) => {
      const byMarket = new Map<string, ReplayedCase>();
      for (const one of this.speaking.get(service) ?? []) {
        const { market = '' } = one.said;
        const other = byMarket.get(market);
        if (other === undefined || goesBefore(one, other)) byMarket.set(market, one);
      }
      return [...byMarket.values()].map(({ name, said: { market }, priority }) => ({
        ...{ caseId: name, service, market, priority },
      }));
    });
  }

  /**
   * To be told of every case that has moved.
   * @returns the cases that it no longer speaks for: they are to be looked at
   */
  moved(found: ReplayedCase, config: Config, at: Instant): readonly ReplayedCase[] {
    this.keepChild(found);
    const { service = '', escalation, priority } = found;
    if (!this.neededBy(config).includes(service)) return [];
    const speaks = escalation.status !== 'none' && !isOver(found);
    const ofService = this.speaking.get(service) ?? new Set();
    this.speaking.set(service, ofService);
    if (speaks) ofService.add(found);
    else ofService.delete(found);
    const letGo = [...(this.children.get(found.name) ?? [])].filter(
      (child) => !speaks || rankOf(priority) > rankOf(child.priority),
    );
    for (const child of letGo) child.letGoAt = at;
    return letGo;
  }

  private keepChild(found: ReplayedCase): void {
    const { escalation } = found;
    const parent =
      escalation.status === 'suppressed' && escalation.by.kind === 'parent' ? escalation.by.id : undefined;
    if (parent === found.quietFor) return;
    this.children.get(found.quietFor ?? '')?.delete(found);
    found.quietFor = parent;
    if (parent === undefined) return;
    const others = this.children.get(parent) ?? new Set();
    this.children.set(parent, others.add(found));
  }

  private neededBy(config: Config): readonly string[] {
    const known = this.needed.get(config) ?? dependedOn(config.services);
    this.needed.set(config, known);
    return known;
  }
}

const goesBefore = (one: ReplayedCase, other: ReplayedCase): boolean => {
  const [a, b] = [rankOf(one.priority), rankOf(other.priority)];
  return a < b || (a === b && one.id < other.id);
};
