import { main } from '@tocsin/runtime';
import { notification } from './index.js';

await main([notification]);
