import { describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { makeLogger } from './logger.js';
import { sendProblem } from './problem-filter.js';

describe('a request that failed', () => {
  it.each(['/a/:token', '/v1/calendar-feeds/:file'])(
    'is logged by its route %s: what is secret in the address is not in the log',
    async (route) => {
      let logged = '';
      const log = makeLogger('trace', { write: (line) => (logged += line) });
      const http = fastify();
      http.setErrorHandler((error, request, reply) => {
        sendProblem(error, request, reply, log);
      });
      http.get(route, () => {
        throw new Error('broken');
      });
      const answer = await http.inject(route.replace(/:\w+/, 'tcf_secret-of-this-spec.ics'));
      await http.close();
      expect([answer.statusCode, answer.body.includes('secret-of')]).toEqual([500, false]);
      expect(logged).toContain(`"route":"${route}"`);
      expect(logged).not.toContain('secret-of');
    },
  );
});
