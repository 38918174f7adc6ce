export class Failure extends Error {
  constructor(message: string, details?: string[]);
  readonly details: string[];
}
