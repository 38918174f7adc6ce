import { HEARTBEAT_SIGNS, type HeartbeatList, type HeartbeatView } from '@tocsin/contracts';
import { type Command, Option } from 'commander';
import type { Build } from '../program.js';

const COLUMNS = {
  NAME: 'name',
  STATUS: 'status',
  HEARD: 'heardAt',
  DUE: 'dueAt',
  MISSED: 'missedAt',
  REASON: 'reason',
};

export function heartbeatCommands(program: Command, { text, run }: Build): void {
  const heartbeat = program.command('heartbeat').description(text('heartbeat'));
  heartbeat
    .command('list')
    .description(text('heartbeatList'))
    .action(
      run(async (context) => {
        const list = await context.api.json<HeartbeatList>('/v1/heartbeats');
        if (context.format === 'table') context.show(list.heartbeats, COLUMNS);
        else context.show(list);
      }),
    );
  heartbeat
    .command('send <name>')
    .description(text('heartbeatSend'))
    .addOption(new Option('--sign <sign>', text('optSign')).choices(HEARTBEAT_SIGNS).default('beat'))
    .action(
      run(async (context, { sign }: { sign: string }, name = '') => {
        const path = `/v1/heartbeats/${encodeURIComponent(name)}/${sign}`;
        context.show(await context.api.json<HeartbeatView>(path, { method: 'POST', body: {} }));
      }),
    );
}
