import * as mocks from 'obsidian-test-mocks/obsidian';
import { Commands } from './commands.ts';
import type { Disk } from './disk.ts';
import { FileManager } from './file-manager.ts';
import { MetadataCache } from './metadata-cache.ts';
import type { Shell } from './shell.ts';
import { Vault } from './vault.ts';
import { Workspace } from './workspace.ts';

/** The mock's app with our components. Secrets and local storage are the mock's own. */
export class App extends mocks.App {
  override vault: Vault;
  override workspace: Workspace;
  override metadataCache: MetadataCache;
  override fileManager: FileManager;
  readonly shell: Shell;
  /** Undocumented, but used by all plugins. */
  readonly commands: Commands;
  /** Undocumented, but used by plugins to open their settings. */
  setting: { readonly open: () => void; readonly openTabById: (id: string) => unknown } | null = null;
  /** Undocumented, but used by plugins to access each other. */
  readonly plugins = {
    loaded: new Map<string, unknown>(),
    getPlugin: (id: string): unknown => this.plugins.loaded.get(id) ?? null,
  };
  readonly cliHandlers = new Map<string, (params: Record<string, string>) => string | Promise<string>>();

  constructor(disk: Disk, shell: Shell) {
    super(disk.asOriginalType__(), 'notesight');
    this.shell = shell;
    this.vault = new Vault(disk);
    this.metadataCache = new MetadataCache(this, this.vault);
    this.fileManager = new FileManager(this);
    this.workspace = new Workspace(this, shell.docks);
    this.commands = new Commands(this);
  }

  override isDarkMode(): boolean {
    return document.body.hasClass('theme-dark');
  }
}
