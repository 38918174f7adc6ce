import { WebhookSink, type SinkAnswer, type SunkRequest } from '@tocsin/test-rig';
import type { History } from './history-file.js';

interface PageBody {
  readonly data: {
    readonly key: string;
    readonly repeat: boolean;
    readonly case: { readonly id: string; readonly ticketKey: string };
    readonly person: string;
    readonly epoch: number;
    readonly round: number;
    readonly step: { readonly index: number };
    readonly answer: { readonly acknowledge: string };
  };
}

export interface ReceivedPage {
  readonly ticket: string;
  readonly caseId: string;
  readonly person: string;
  readonly answerUrl: string;
}

/** The phones of the drill: every page that reaches them is written down before it is answered. */
export class FakeProvider {
  /** Called for each page, repeats included. */
  onPage: (page: ReceivedPage) => void = () => undefined;

  private constructor(
    private readonly sink: WebhookSink,
    private readonly history: History,
  ) {
    sink.answerWith((request) => this.receive(request));
  }

  static async open(history: History): Promise<FakeProvider> {
    return new FakeProvider(await WebhookSink.open(), history);
  }

  get url(): string {
    return this.sink.url;
  }

  close(): Promise<void> {
    return this.sink.close();
  }

  private receive(request: SunkRequest): SinkAnswer {
    const {
      key,
      repeat,
      case: about,
      person,
      epoch,
      round,
      step,
      answer,
    } = (JSON.parse(request.body) as PageBody).data;
    const ticket = about.ticketKey;
    this.history.note({
      t: request.receivedAt,
      ev: 'prov.recv',
      key,
      ticket,
      epoch,
      round,
      step: step.index,
      person,
      repeat,
    });
    this.onPage({ ticket, caseId: about.id, person, answerUrl: answer.acknowledge });
    return { status: 200 };
  }
}
