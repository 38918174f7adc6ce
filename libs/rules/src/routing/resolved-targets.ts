/** A person to page, and which words of the policy led there. */
export interface ReachedPerson {
  readonly person: string;
  /** In the words of the config: `schedule live-primary, layer 1`, `team live-payments`, `everyone`. */
  readonly via: string;
}

/** The targets of a step as persons: each once, in the order of the targets. */
export interface ResolvedTargets {
  readonly persons: readonly ReachedPerson[];
  /** Targets that led to nobody, in the words of the config. */
  readonly empty: readonly string[];
}
