import { type AttemptRecorded, Band, type ContactMethodChanged, instantOf } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import { changeBy, type ContactFact, mergedFact } from '@tocsin/rules';
import type { ContactFactStore } from './contact-fact.store.js';

type ToldFact = ContactFact & { readonly tenant: string };

/**
 * Keeps the newest that is known of each way to reach a person. Told twice or in another order it comes to the same, for
 * each member has a version or an instant of its own.
 */
export class KnowContacts {
  constructor(private readonly facts: ContactFactStore) {}

  methodsChanged(tx: Tx, events: readonly ContactMethodChanged[]): Promise<void> {
    return this.learn(tx, events.map(factOfMethod));
  }

  attempted(tx: Tx, events: readonly AttemptRecorded[]): Promise<void> {
    return this.learn(tx, events.flatMap(factOfAttempt));
  }

  /**
   * Almost every attempt tells what is known already, so it is looked up without a lock first. A failure that commits
   * within the same moment may then hide behind it until the next attempt of the method; a page needs none of this.
   */
  private async learn(tx: Tx, told: readonly ToldFact[]): Promise<void> {
    for (const [tenant, facts] of Map.groupBy(told, (fact) => fact.tenant)) {
      const merged = mergedByMethod(facts);
      if (news(merged, await this.facts.find(tx, tenant, merged)).length === 0) continue;
      await this.facts.lock(tx, tenant);
      const fresh = news(merged, await this.facts.find(tx, tenant, merged));
      const grown = fresh.some(({ change }) => change === 'reach');
      if (fresh.length > 0)
        await this.facts.save(
          tx,
          tenant,
          fresh.map(({ fact }) => fact),
          grown,
        );
    }
  }
}

const keyOf = ({ person, method }: Pick<ContactFact, 'person' | 'method'>): string => `${person} ${method}`;

/** One fact for each method of a batch. */
function mergedByMethod(facts: readonly ContactFact[]): ContactFact[] {
  const merged = new Map<string, ContactFact>();
  for (const fact of facts) merged.set(keyOf(fact), mergedFact(merged.get(keyOf(fact)) ?? fact, fact));
  return [...merged.values()];
}

/** What is not known yet, together with what is. */
function news(
  told: readonly ContactFact[],
  known: readonly ContactFact[],
): { readonly fact: ContactFact; readonly change: 'reach' | 'age' }[] {
  const byMethod = new Map(known.map((fact) => [keyOf(fact), fact]));
  return told.flatMap((one) => {
    const before = byMethod.get(keyOf(one));
    const fact = before === undefined ? one : mergedFact(before, one);
    const change = changeBy(before, fact);
    return change === undefined ? [] : [{ fact, change }];
  });
}

function factOfMethod(event: ContactMethodChanged): ToldFact {
  const { tenant, person, method, channel, bands, verified, removed, version } = event;
  return { tenant, person, method, added: { channel, joins: Band.parse(bands), verified, removed, version } };
}

function factOfAttempt(event: AttemptRecorded): ToldFact[] {
  const { tenant, person, method, state, deadAddress, reason = '' } = event;
  const at = instantOf(event.at);
  if (deadAddress !== undefined)
    return [{ tenant, person, method, dead: { at, address: deadAddress, reason } }];
  return state === 'delivered' || state === 'accepted' ? [{ tenant, person, method, deliveredAt: at }] : [];
}
