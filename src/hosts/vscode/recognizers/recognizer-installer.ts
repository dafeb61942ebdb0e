import { type Memento, ProgressLocation, type Uri, window, workspace } from 'vscode';
import { address, size } from 'pack:facts';
import { NotesightError } from '../../../core/errors.ts';
import { downloadPack } from '../../../node/download-pack.ts';
import { checkPackSize, packFailed } from '../../../recognizers/pack.ts';
import { abortSignal } from '../adapters/abort-signal.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import type { InstalledRecognizers } from './installed-recognizers.ts';

/** Whether the offer was shown on this machine. */
const OFFERED = 'recognizersOffered';

export interface RecognizerInstaller {
  /** Installs the recognizers from a file, or asks whether to download them. */
  install(file?: Uri): Promise<void>;
  remove(): Promise<void>;
  /** Offers to install the recognizers when they would have been useful, once per machine. */
  offer(): void;
}

export interface InstallerPorts {
  readonly recognizers: InstalledRecognizers;
  readonly words: VscodeWords;
  /** Remembers choices on this machine. */
  readonly memento: Memento;
  readonly showError: (error: unknown) => void;
}

export function createRecognizerInstaller(ports: InstallerPorts): RecognizerInstaller {
  const { recognizers, memento, showError } = ports;
  const words = ports.words.recognizers;
  const megabytes = Math.ceil(size / 1e6);

  const reportingErrors = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      showError(error);
    }
  };
  const installFile = async (file: Uri) => {
    await recognizers.install(await readPack(file));
    void window.showInformationMessage(words.installed);
  };
  const chooseFile = async () => {
    const [file] =
      (await window.showOpenDialog({ title: words.chooseFile, filters: { [words.pack]: ['pack'] } })) ?? [];
    if (file !== undefined) await installFile(file);
  };
  const download = async (from: string) => {
    await downloadWithProgress(from, words.downloading, recognizers);
    void window.showInformationMessage(words.installed);
  };
  const ask = async (question: string) => {
    const chosen = await window.showInformationMessage(
      question,
      ...(address === null ? [] : [words.download]),
      words.fromFile,
    );
    if (chosen === words.download && address !== null) await download(address);
    if (chosen === words.fromFile) await chooseFile();
  };

  return {
    install: (file) =>
      reportingErrors(async () => {
        if (file !== undefined) await installFile(file);
        else if (recognizers.isInstalled()) void window.showInformationMessage(words.installed);
        else await ask(words.question(megabytes));
      }),
    remove: () =>
      reportingErrors(async () => {
        await recognizers.remove();
        void window.showInformationMessage(words.removed);
      }),
    offer() {
      if (recognizers.isInstalled() || memento.get(OFFERED) === true) return;
      void memento.update(OFFERED, true);
      void reportingErrors(() => ask(words.offer(megabytes)));
    },
  };
}

/** @throws NotesightError `pack_failed`, `pack_unusable` */
async function readPack(file: Uri): Promise<Uint8Array<ArrayBuffer>> {
  try {
    checkPackSize((await workspace.fs.stat(file)).size, size);
    return new Uint8Array(await workspace.fs.readFile(file));
  } catch (cause) {
    if (cause instanceof NotesightError) throw cause;
    throw packFailed(file.fsPath, cause);
  }
}

async function downloadWithProgress(
  from: string,
  title: string,
  recognizers: InstalledRecognizers,
): Promise<void> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  await window.withProgress(options, async (progress, token) => {
    let reported = 0;
    const report = (receivedBytes: number) => {
      const percent = Math.floor((100 * receivedBytes) / size);
      if (percent === reported) return;
      progress.report({ increment: percent - reported, message: `${percent}%` });
      reported = percent;
    };
    await recognizers.install(await downloadPack(from, size, report, abortSignal(token)));
  });
}
