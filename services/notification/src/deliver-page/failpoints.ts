/** The points of this service at which a drill may kill the process. */
export type FailpointName = 'notifier.before_send' | 'notifier.after_send';

/** Kills the process where a drill asks for it: `FAILPOINT=name[:probability[:seed]]`; unset, it does nothing. */
export class Failpoints {
  private readonly name: string | undefined;
  private readonly probability: number;
  private state: number;

  constructor(
    setting: string | undefined,
    private readonly kill: () => void = () => process.kill(process.pid, 'SIGKILL'),
  ) {
    const [name, probability = '1', seed = '1'] = (setting ?? '').split(':');
    this.name = name === '' ? undefined : name;
    this.probability = Number(probability);
    this.state = Number(seed) >>> 0;
  }

  hit(name: FailpointName): void {
    if (this.name === name && this.next() < this.probability) this.kill();
  }

  /** mulberry32: the same seed dies at the same hit, so that a drill can be repeated. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
}
