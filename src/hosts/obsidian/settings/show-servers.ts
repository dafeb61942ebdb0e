import type { Setting } from 'obsidian';
import type { NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import {
  readServerEntries,
  type ServerAddress,
  serverAddress,
  type ServerEntry,
} from '../../../core/settings/server-list.ts';
import { parseServerUrl } from '../../../core/settings/server-url.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import { leavesNetwork } from '../../../editor/notices.ts';
import { testAnswer } from '../../../editor/survey-servers.ts';
import type { Words } from '../messages/en.ts';
import type { ServerChecks } from './server-checks.ts';
import { addServerRow, type RowActions, type RowState, type ServerRow } from './server-row.ts';
import type { StoredServers } from './stored-servers.ts';

export interface ServersPorts {
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly settings: () => Settings;
  readonly storedServers: StoredServers;
  readonly checks: ServerChecks;
}

/**
 * Shows the servers of this device as rows, in order of preference.
 * @returns a function that saves what is being typed, to be called before the rows are removed
 */
export function showServers(setting: Setting, ports: ServersPorts): () => void {
  setting.settingEl.addClass('notesight-two-lines');
  setting.controlEl.addClass('notesight-servers-control');
  const servers = new ServerList(setting.controlEl, ports);
  return () => {
    servers.close();
  };
}

class ServerList {
  readonly #ports: ServersPorts;
  readonly #list: HTMLElement;
  readonly #add: HTMLButtonElement;
  readonly #unwatch: () => void;
  #entries: readonly ServerEntry[];
  #rows: readonly ServerRow[] = [];

  constructor(container: HTMLElement, ports: ServersPorts) {
    const { words, storedServers, checks } = ports;
    this.#ports = ports;
    this.#list = container.createDiv({ cls: 'notesight-servers', attr: { role: 'list' } });
    this.#add = container.createEl('button', { text: words.settings.servers.add });
    this.#add.addEventListener('click', () => {
      this.#addEntry();
    });
    this.#entries = storedServers.entries();
    this.#unwatch = checks.watch(() => {
      this.#showStates();
    });
    this.#draw();
  }

  close(): void {
    this.#unwatch();
    this.#ports.storedServers.save(this.#entries);
  }

  /** Draws all rows again, and puts them into effect. */
  #draw(): void {
    this.#list.empty();
    this.#rows = this.#entries.map((entry, index) =>
      addServerRow(this.#list, {
        words: this.#ports.words.settings.servers,
        entry,
        index,
        count: this.#entries.length,
        actions: this.#actionsOf(entry, index),
      }),
    );
    this.#save();
  }

  #save(): void {
    const { storedServers, checks } = this.#ports;
    storedServers.save(this.#entries);
    checks.ask(validAddresses(this.#entries));
  }

  #showStates(): void {
    for (const [index, row] of this.#rows.entries()) {
      const entry = this.#entries[index];
      row.show(entry === undefined ? null : this.#stateOf(entry));
    }
  }

  #stateOf(entry: ServerEntry): RowState | null {
    const { words, explain, settings, checks } = this.#ports;
    const labels = words.settings.servers;
    if (entry.address === '' && this.#entries.length > 1) return null;
    const address = addressOf(entry, true);
    if (address === null) return { text: labels.problem, kind: 'invalid' };
    const answer = checks.answerOf(address.host);
    if (answer === null) return { text: labels.testing, kind: 'pending' };
    const { text, isWell } = testAnswer(answer, { words, explain, chosen: settings().model });
    const warning = leavesNetwork(words, [address.host], false);
    return { text: [text, ...warning].join(' '), kind: isWell ? 'ready' : 'failed' };
  }

  #actionsOf(entry: ServerEntry, index: number): RowActions {
    const replace = (...by: readonly ServerEntry[]) => {
      this.#entries = this.#entries.toSpliced(index, 1, ...by);
    };
    const current = () => this.#entries[index] ?? entry;
    return {
      typed: (address) => {
        replace({ ...current(), address });
        this.#ports.storedServers.keepDraft(this.#entries);
        this.#rows[index]?.show(null);
      },
      entered: (text) => {
        const [first = entry, ...more] = readServerEntries(text);
        const { atOnce, takesToken } = current();
        replace(
          { ...first, atOnce: first.atOnce ?? atOnce, takesToken: first.takesToken || takesToken },
          ...more,
        );
        // A pasted list, or an address followed by options.
        const isShown = more.length === 0 && first.address === text.trim();
        if (isShown) this.#save();
        else {
          this.#draw();
          this.#rows[index]?.focus('address');
        }
      },
      chose: (options) => {
        replace({ ...current(), ...options });
        this.#save();
      },
      test: () => {
        const address = addressOf(current(), true);
        if (address !== null) this.#ports.checks.again(address.host);
      },
      move: (by) => {
        const moved = current();
        replace();
        this.#entries = this.#entries.toSpliced(index + by, 0, moved);
        this.#draw();
        this.#rows[index + by]?.focus(by < 0 ? 'up' : 'down');
      },
      remove: () => {
        replace();
        this.#draw();
        (this.#rows[index] ?? this.#rows.at(-1))?.focus('address');
      },
    };
  }

  #addEntry(): void {
    if (this.#entries.length === 1) this.#entries = this.#entries.map((entry) => this.#asOneOfSeveral(entry));
    if (this.#entries.at(-1)?.address !== '')
      this.#entries = [...this.#entries, { address: '', atOnce: null, takesToken: false }];
    this.#draw();
    this.#rows.at(-1)?.focus('address');
  }

  /** A single server may have the default address, and always gets the token. */
  #asOneOfSeveral(entry: ServerEntry): ServerEntry {
    const { tokenSecret, headers } = this.#ports.settings();
    return {
      ...entry,
      address: entry.address === '' ? parseServerUrl('') : entry.address,
      takesToken: entry.takesToken || tokenSecret !== '' || headers.length > 0,
    };
  }
}

/** The addresses that can be asked, each once. */
function validAddresses(entries: readonly ServerEntry[]): ServerAddress[] {
  const filled = entries.filter(({ address }) => address !== '');
  const given = filled.length === 0 ? entries.slice(0, 1) : filled;
  const addresses = given.flatMap((entry) => addressOf(entry, given.length === 1) ?? []);
  return addresses.filter(({ host }, index) => addresses.findIndex((other) => other.host === host) === index);
}

/** Null if it is invalid. */
function addressOf(entry: ServerEntry, isOnly: boolean): ServerAddress | null {
  try {
    return serverAddress(entry, isOnly);
  } catch {
    return null;
  }
}
