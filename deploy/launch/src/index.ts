export { LaunchError } from './launch-error.js';
export { readOptions, type LaunchOptions } from './launch-options.js';
export { mustBeFree } from './port-check.js';
export { untilReady } from './readiness.js';
