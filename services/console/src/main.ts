import { main } from '@tocsin/runtime';
import { consoleService } from './console.service.js';

await main([consoleService]);
