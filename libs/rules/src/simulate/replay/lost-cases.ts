/** Cases that a replay could not go on following, because nobody has the config that they need. */
export class LostCases {
  private readonly byRevision = new Map<number, Set<string>>();

  add(name: string, revision: number): void {
    this.byRevision.set(revision, (this.byRevision.get(revision) ?? new Set()).add(name));
  }

  get names(): ReadonlySet<string> {
    return new Set([...this.byRevision.values()].flatMap((names) => [...names]));
  }

  get withoutConfig(): ReadonlyMap<number, readonly string[]> {
    return new Map([...this.byRevision].map(([revision, names]) => [revision, [...names].sort()]));
  }
}
