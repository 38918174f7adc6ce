import { main } from '@tocsin/runtime';
import { ticketIntake } from './ticket-intake.service.js';

await main([ticketIntake]);
