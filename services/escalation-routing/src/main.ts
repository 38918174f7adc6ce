import { main } from '@tocsin/runtime';
import { escalationRouting } from './escalation-routing.service.js';

await main([escalationRouting]);
