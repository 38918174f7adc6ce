export { ticketIntake } from './ticket-intake.service.js';
