export { escalationRouting } from './escalation-routing.service.js';
