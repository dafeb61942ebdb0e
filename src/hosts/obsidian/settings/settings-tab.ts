import { type App, type Plugin, PluginSettingTab, SecretComponent, setIcon, type Setting } from 'obsidian';
import { NotesightError } from '../../../core/errors.ts';

import type { ServerModel } from '../../../core/model/server-model.ts';
import type { ModelSources } from '../../../core/servers/server-pool.ts';
import { parseServerList } from '../../../core/settings/server-list.ts';
import { type SettingKey, type Settings, validateField } from '../../../core/settings/settings.ts';
import type { Download } from '../../../editor/model-download.ts';
import { inWords } from '../../../editor/notices.ts';
import { surveyServers, testServers } from '../../../editor/survey-servers.ts';
import type { Words } from '../messages/en.ts';
import { type RecognizerPackPorts, showRecognizerPack } from '../recognizers/show-recognizer-pack.ts';
import { fromControl, toControl } from './control-values.ts';
import { settingDefinitions } from './settings-definitions.ts';
import { downloadText, type WatchedDownload } from './watched-download.ts';

export interface SettingsPorts extends RecognizerPackPorts {
  readonly settings: () => Settings;
  readonly change: (changes: Partial<Settings>) => Promise<void>;
  /** As entered by the user; '' for the default address of Ollama. */
  readonly serverText: () => string;
  readonly setServerText: (text: string) => void;
  /** @throws NotesightError if an address or a header is invalid */
  readonly servers: () => ModelSources;
  readonly download: WatchedDownload;
}

/** The settings tab: declarative, so that Obsidian's search finds every row, with live rows for the server. */
export class NotesightSettingTab extends PluginSettingTab {
  readonly #ports: SettingsPorts;
  /** Aborts pending work of the visible rows. */
  #shown = new AbortController();
  /** Reloads the list of models if it is visible. */
  #loadModels = (): Promise<void> => Promise.resolve();

  constructor(app: App, plugin: Plugin, ports: SettingsPorts) {
    super(app, plugin);
    this.#ports = ports;
  }

  override getSettingDefinitions() {
    return settingDefinitions(this.#ports.words, {
      server: (setting) => {
        this.#showServer(setting);
      },
      model: (setting) => {
        this.#showModels(setting);
      },
      pull: (setting) => this.#showPull(setting),
      webSearchSecret: (setting) => {
        this.#showSecret(setting, 'webSearchSecret');
      },
      pack: (setting) => showRecognizerPack(setting, this.#ports),
      tokenSecret: (setting) => {
        this.#showSecret(setting, 'tokenSecret');
      },
      headers: (setting) => {
        this.#showHeaders(setting);
      },
    });
  }

  override getControlValue(key: string): unknown {
    return toControl(this.#ports.settings(), key as SettingKey);
  }

  override async setControlValue(key: string, value: unknown): Promise<void> {
    await this.#ports.change({ [key]: fromControl(key as SettingKey, value) });
  }

  override hide(): void {
    this.#shown.abort(new NotesightError('cancelled', 'the settings were closed'));
    this.#shown = new AbortController();
    super.hide();
  }

  #showSecret(setting: Setting, key: 'tokenSecret' | 'webSearchSecret'): void {
    new SecretComponent(this.app, setting.controlEl)
      .setValue(this.#ports.settings()[key])
      .onChange((secret) => this.#ports.change({ [key]: secret }));
  }

  #showServer(setting: Setting): void {
    const { words, serverText, setServerText } = this.#ports;
    const { server } = words.settings;
    setting.addText((text) => {
      text.inputEl.ariaLabel = server.name;
      text
        .setPlaceholder(server.placeholder)
        .setValue(serverText())
        .onChange((value) => {
          if (problemOf(value)) setting.setErrorMessage(server.problem);
          else {
            setting.setErrorMessage(null);
            setServerText(value.trim());
          }
        });
    });
    const result = setting.descEl.createDiv({ cls: 'notesight-test', attr: { role: 'status' } });
    setting.addButton((button) =>
      button.setButtonText(server.test).onClick(async () => {
        button.setDisabled(true);
        result.setText(server.testing);
        result.setText(await this.#test());
        button.setDisabled(false);
      }),
    );
  }

  /** The problem and what to do, or that everything is ready. */
  async #test(): Promise<string> {
    const { words, explain, servers } = this.#ports;
    return inWords(explain, async () => {
      const { text } = await testServers(servers(), words, explain, this.#shown.signal);
      return text;
    });
  }

  #showModels(setting: Setting): void {
    const { words, settings, change } = this.#ports;
    const names = words.settings.models;
    const note = setting.descEl.createDiv({ attr: { role: 'status' } });
    setting.addDropdown((dropdown) => {
      dropdown.selectEl.ariaLabel = words.settings.fields.model.name;
      const show = (models: readonly ServerModel[], best: string | null) => {
        const chosen = settings().model;
        dropdown.selectEl.empty();
        dropdown.addOption('', best === null ? names.automatic : `${names.automatic}: ${best}`);
        for (const model of models) dropdown.addOption(model.name, optionOf(model, words));
        if (chosen !== '' && models.every(({ name }) => name !== chosen)) {
          dropdown.addOption(chosen, `${chosen} (${names.missing})`);
        }
        dropdown.setValue(chosen).onChange((model) => change({ model }));
      };
      let asked = 0;
      this.#loadModels = async () => {
        const turn = ++asked;
        show([], null);
        note.setText(
          await inWords(this.#ports.explain, async () => {
            const { models, best } = await surveyServers(this.#ports.servers(), this.#shown.signal);
            // An earlier request may be answered later.
            if (turn === asked) show(models, best);
            return models.length === 0 ? names.none : '';
          }),
        );
      };
      setting.addExtraButton((button) =>
        button
          .setIcon('refresh-cw')
          .setTooltip(names.refresh)
          .onClick(() => this.#loadModels()),
      );
      void this.#loadModels();
    });
  }

  /** A download continues when the row is hidden, and the row shows it whoever started it. */
  #showPull(setting: Setting): () => void {
    const { download, words, explain } = this.#ports;
    const { pull } = words.settings;
    const said = setting.descEl.createDiv({ attr: { role: 'status' } });
    let name = '';
    setting.addText((text) => {
      text.inputEl.ariaLabel = pull.name;
      text.setPlaceholder(pull.placeholder).onChange((value) => {
        name = value.trim();
      });
    });
    let unwatch: (() => void) | null = null;
    setting.addButton((button) => {
      const show = (shown: Download) => {
        said.setText(downloadText(shown, words, explain));
        button.setButtonText(shown.state === 'running' ? words.download.stop : pull.button);
        // The row keeps its message.
        if (shown.state === 'done' || shown.state === 'failed') void this.#loadModels();
      };
      button.setButtonText(pull.button).onClick(() => {
        if (download.current?.state === 'running') download.stop();
        else download.start(name || pull.placeholder);
      });
      if (download.current?.state === 'running') show(download.current);
      unwatch = download.watch(show);
    });
    return () => unwatch?.();
  }

  #showHeaders(setting: Setting): void {
    const { words, settings, change } = this.#ports;
    const labels = words.settings.headers;
    setting.settingEl.addClass('notesight-two-lines');
    const list = setting.controlEl.createDiv({ cls: 'notesight-headers' });
    const addNew = (headers: Settings['headers']) => {
      const row = list.createDiv({ cls: 'notesight-header' });
      const name = row.createEl('input', {
        type: 'text',
        placeholder: labels.name,
        attr: { 'aria-label': labels.name },
      });
      let secret = '';
      // Settings are synced, so they contain only the name of the secret.
      const chooser = row.createDiv({ attr: { role: 'group', 'aria-label': labels.secret } });
      new SecretComponent(this.app, chooser).onChange((chosen) => {
        secret = chosen;
      });
      row.createEl('button', { text: labels.add }).addEventListener('click', () => {
        const added = [...headers, { name: name.value.trim(), secret }];
        const problem = validateField('headers', added);
        setting.setErrorMessage(problem === null ? null : words.settings.problems[problem]);
        if (problem === null) void change({ headers: added }).then(draw);
      });
    };
    const draw = () => {
      list.empty();
      const { headers } = settings();
      for (const [index, header] of headers.entries()) {
        const row = list.createDiv({ cls: 'notesight-header' });
        row.createSpan({
          text: `${header.name}: ${header.secret}`,
        });
        const remove = row.createEl('button', {
          cls: 'clickable-icon',
          attr: { 'aria-label': `${labels.remove}: ${header.name}` },
        });
        setIcon(remove, 'x');
        remove.addEventListener('click', () => {
          void change({ headers: headers.filter((_, at) => at !== index) }).then(draw);
        });
      }
      addNew(headers);
    };
    draw();
  }
}

function optionOf(
  { name, sizeBytes, supportsImages, guessed, loaded, cloud }: ServerModel,
  words: Words,
): string {
  const { models } = words.settings;
  const size = sizeBytes === 0 ? [] : [models.size((sizeBytes / 1e9).toFixed(1))];
  const marks = [
    supportsImages ? `👁 ${models.supportsImages}` : guessed ? models.unknown : models.textOnly,
    ...(loaded ? [models.loaded] : []),
    ...(cloud ? [models.cloud] : size),
  ];
  return `${name} — ${marks.join(', ')}`;
}

function problemOf(addresses: string): boolean {
  try {
    parseServerList(addresses);
    return false;
  } catch {
    return true;
  }
}
