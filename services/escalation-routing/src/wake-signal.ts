import type { Instant } from '@tocsin/contracts';

/** Tells the timer loop of this process that an earlier wake-up was written. Other processes poll within a second. */
export class WakeSignal {
  private readonly listeners = new Set<(at: Instant) => void>();

  tell(at: Instant): void {
    for (const listen of this.listeners) listen(at);
  }

  /** @returns ends the listening */
  onWake(listen: (at: Instant) => void): () => void {
    this.listeners.add(listen);
    return () => this.listeners.delete(listen);
  }
}
