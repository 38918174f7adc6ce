/** How a service was found, or that none was. */
export type ServicePickedBy = 'event' | 'routing-rule' | 'category' | 'source' | 'none';

export interface PickedService {
  readonly service?: string | undefined;
  readonly by: ServicePickedBy;
  /** What decided: the rule's condition, the category, the source; or why there is none. */
  readonly detail: string;
}
