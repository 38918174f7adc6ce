import type { PageRequested } from '@tocsin/contracts';

/** One escalation of one case: what an acknowledgement stops. */
export type Epoch = Pick<PageRequested, 'tenant' | 'caseId' | 'epoch'>;

export const epochText = ({ tenant, caseId, epoch }: Epoch): string => `${tenant}/${caseId}/${epoch}`;

/** An attempt may be sent at most 24 h after its plan; the newest stops are the only ones that can still matter. */
const REMEMBERED = 50_000;

/**
 * Which epochs may not be paged any more, as commits told this process. It is asked right before a send; the table
 * `stopped` is the truth, asked at every claim and every renewal of a lease.
 */
export class StoppedEpochs {
  private readonly known = new Set<string>();

  add(epoch: Epoch): void {
    this.known.add(epochText(epoch));
    if (this.known.size <= REMEMBERED) return;
    for (const oldest of this.known) {
      this.known.delete(oldest);
      return;
    }
  }

  has(epoch: Epoch): boolean {
    return this.known.has(epochText(epoch));
  }
}
