import type { DataWriteOptions } from 'obsidian';
import * as mocks from 'obsidian-test-mocks/obsidian';
import type { Disk } from './disk.ts';

const MIME_TYPES: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  bmp: 'image/bmp',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  webp: 'image/webp',
};

/** The mock's vault on our disk, with file stats, resource URLs, and errors where Obsidian throws them. */
export class Vault extends mocks.Vault {
  readonly disk: Disk;
  readonly #urls = new Map<string, string>();

  constructor(disk: Disk) {
    super(disk.asOriginalType__());
    this.disk = disk;
  }

  override getName(): string {
    return 'Samples';
  }

  /** Every change passes through here, so that a file's stat is updated before listeners run. */
  override trigger(name: string, ...data: unknown[]): void {
    const file = data[0];
    if (file instanceof mocks.TFile) {
      const stat = this.disk.statSync(file.path);
      if (stat !== null) file.stat = { ctime: stat.ctime, mtime: stat.mtime, size: stat.size };
      this.#forgetUrl(file.path);
      if (typeof data[1] === 'string') this.#forgetUrl(data[1]);
    }
    super.trigger(name, ...data);
  }

  override async create(path: string, data: string, options?: DataWriteOptions): Promise<mocks.TFile> {
    this.#refuseTaken(path, 'File');
    return super.create(path, data, options);
  }

  override async createBinary(
    path: string,
    data: ArrayBuffer,
    options?: DataWriteOptions,
  ): Promise<mocks.TFile> {
    this.#refuseTaken(path, 'File');
    return super.createBinary(path, data, options);
  }

  override async createFolder(path: string): Promise<mocks.TFolder> {
    this.#refuseTaken(path, 'Folder');
    return super.createFolder(path);
  }

  override async process(
    file: mocks.TFile,
    fn: (data: string) => string,
    options?: DataWriteOptions,
  ): Promise<string> {
    const text = await this.disk.process(file.path, fn, options);
    this.trigger('modify', file);
    return text;
  }

  /** A URL of the file that is valid until it changes. */
  override getResourcePath(file: mocks.TFile): string {
    const known = this.#urls.get(file.path);
    if (known !== undefined) return known;
    const type = MIME_TYPES[file.extension.toLowerCase()] ?? 'application/octet-stream';
    const bytes = this.disk.bytesSync(file.path) ?? new Uint8Array();
    const url = URL.createObjectURL(new Blob([bytes], { type }));
    this.#urls.set(file.path, url);
    return url;
  }

  #forgetUrl(path: string): void {
    const url = this.#urls.get(path);
    if (url === undefined) return;
    URL.revokeObjectURL(url);
    this.#urls.delete(path);
  }

  #refuseTaken(path: string, what: 'File' | 'Folder'): void {
    if (this.disk.statSync(path) !== null) throw new Error(`${what} already exists.`);
  }
}
