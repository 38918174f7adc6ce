/** Kafka could not be started for a reason that a person can cure: the message is one line with the cure. */
export class NativeKafkaError extends Error {
  override readonly name = 'NativeKafkaError';

  constructor(
    message: string,
    /** Last lines of the tool or of the broker, oldest first. */
    readonly log: readonly string[] = [],
  ) {
    super(message);
  }
}
