export { consoleService } from './console.service.js';
