/** A refusal to start that a restart cannot cure: one clear line, exit 78, no stack. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
