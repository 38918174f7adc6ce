/** Something that a person can cure: shown as one line, without a stack. */
export class Failure extends Error {
  /** @param {string} message one line that ends with the cure
   *  @param {string[]} [details] last lines of the tool that failed */
  constructor(message, details = []) {
    super(message);
    this.details = details;
  }
}
