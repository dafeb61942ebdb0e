import { NotesightError } from '../../../core/errors.ts';
import type { ModelSources } from '../../../core/servers/server-pool.ts';
import type { ServerAddress } from '../../../core/settings/server-list.ts';
import { askServers, type ServerAnswer } from '../../../editor/survey-servers.ts';

interface Check {
  readonly address: ServerAddress;
  /** Null while the server is asked. */
  answer: ServerAnswer | null;
}

/** What the servers in the settings answer, shared by the rows that show it. */
export class ServerChecks {
  readonly #serversAt: (addresses: readonly ServerAddress[]) => ModelSources;
  readonly #listeners = new Set<() => void>();
  #checks: readonly Check[] = [];
  #stop = new AbortController();

  /** @param serversAt throws NotesightError if a header is invalid */
  constructor(serversAt: (addresses: readonly ServerAddress[]) => ModelSources) {
    this.#serversAt = serversAt;
  }

  /** The answers so far, in order of preference. */
  get answers(): ServerAnswer[] {
    return this.#checks.flatMap(({ answer }) => answer ?? []);
  }

  get isPending(): boolean {
    return this.#checks.some(({ answer }) => answer === null);
  }

  /** The answer of a server; null while it is asked. */
  answerOf(host: string): ServerAnswer | null {
    return this.#checks.find(({ address }) => address.host === host)?.answer ?? null;
  }

  /** Sets the servers, in order of preference. Asks only those that are new or differ in whether they get the token. */
  ask(addresses: readonly ServerAddress[]): void {
    const known = this.#checks;
    this.#checks = addresses.map(
      (address) =>
        known.find(
          ({ address: { host, takesToken } }) => host === address.host && takesToken === address.takesToken,
        ) ?? { address, answer: null },
    );
    for (const check of this.#checks) if (!known.includes(check)) void this.#run(check);
    this.tell();
  }

  /**
   * Asks again, except for servers that are being asked.
   * @param host omitted for all servers
   */
  again(host?: string): void {
    for (const check of this.#checks) {
      if (check.answer === null || (host !== undefined && check.address.host !== host)) continue;
      check.answer = null;
      void this.#run(check);
    }
    this.tell();
  }

  /** @returns a function that ends the watch */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Stops asking and forgets the answers. */
  close(): void {
    this.#stop.abort(new NotesightError('cancelled', 'the settings were closed'));
    this.#stop = new AbortController();
    this.#checks = [];
  }

  async #run(check: Check): Promise<void> {
    const { signal } = this.#stop;
    try {
      const [answer] = await askServers(this.#serversAt([check.address]), signal);
      check.answer = answer ?? null;
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      check.answer = { host: check.address.host, value: null, error };
    }
    if (!signal.aborted) this.tell();
  }

  /** Updates what shows the answers. */
  tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
