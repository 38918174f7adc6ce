import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface BrokerFiles {
  /** Folder of the broker's data and settings. */
  readonly folder: string;
  readonly port: number;
  readonly controllerPort: number;
  readonly logFile: string;
}

export interface WrittenFiles {
  readonly properties: string;
  readonly log4j: string;
}

/** Writes server.properties of one KRaft node that is broker and controller, and its log settings. */
export async function writeBrokerFiles({
  folder,
  port,
  controllerPort,
  logFile,
}: BrokerFiles): Promise<WrittenFiles> {
  const properties = join(folder, 'server.properties');
  const log4j = join(folder, 'log4j2.properties');
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'log.dirs': join(folder, 'data'),
    // A misspelt topic must fail, not appear with one partition.
    'auto.create.topics.enable': false,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    // A killed broker is let in again only when its former life's session has run out, 9 s unless told.
    'broker.session.timeout.ms': 4_000,
    'broker.heartbeat.interval.ms': 500,
    'log.segment.bytes': 134_217_728,
  };
  await writeFile(
    properties,
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  await writeFile(log4j, log4jSettings(logFile));
  return { properties, log4j };
}

const log4jSettings = (file: string): string => `status=warn
appender.file.type=RollingFile
appender.file.name=file
appender.file.fileName=${file}
appender.file.filePattern=${file}.%i
appender.file.layout.type=PatternLayout
appender.file.layout.pattern=[%d] %p %m (%c)%n
appender.file.policies.type=Policies
appender.file.policies.size.type=SizeBasedTriggeringPolicy
appender.file.policies.size.size=10MB
appender.file.strategy.type=DefaultRolloverStrategy
appender.file.strategy.max=2
rootLogger.level=info
rootLogger.appenderRef.file.ref=file
`;
