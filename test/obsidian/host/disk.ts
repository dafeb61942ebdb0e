import type { DataWriteOptions, ListedFiles, Stat } from 'obsidian';
import { FileSystemAdapter } from 'obsidian-test-mocks/obsidian';

interface Stored {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Milliseconds since 1970. */
  readonly ctime: number;
  readonly mtime: number;
}

/**
 * The vault's folder on disk: bytes, including hidden files. As on a real disk, writing to a missing folder and
 * reading a missing file fail with ENOENT.
 */
export class Disk extends FileSystemAdapter {
  readonly #files = new Map<string, Stored>();
  readonly #folders = new Set<string>(['']);

  constructor() {
    super('/vault');
  }

  bytesSync(path: string): Uint8Array<ArrayBuffer> | undefined {
    return this.#files.get(path)?.bytes;
  }

  writeBytesSync(path: string, bytes: Uint8Array<ArrayBuffer>, options?: DataWriteOptions): void {
    if (!this.#folders.has(folderOf(path))) throw missing(path);
    const now = Date.now();
    const ctime = options?.ctime ?? this.#files.get(path)?.ctime ?? now;
    this.#files.set(path, { bytes, ctime, mtime: options?.mtime ?? now });
  }

  statSync(path: string): Stat | null {
    const file = this.#files.get(path);
    if (file !== undefined) {
      return { type: 'file', ctime: file.ctime, mtime: file.mtime, size: file.bytes.length };
    }
    return this.#folders.has(path) ? { type: 'folder', ctime: 0, mtime: 0, size: 0 } : null;
  }

  override readSync__(path: string): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#stored(path).bytes);
  }

  override writeSync__(path: string, data: string, options?: DataWriteOptions): void {
    this.writeBytesSync(path, new TextEncoder().encode(data), options);
  }

  override mkdirSync__(path: string): void {
    for (let folder = path; folder !== ''; folder = folderOf(folder)) this.#folders.add(folder);
  }

  override listAll__(): { files: string[]; folders: string[] } {
    return { files: [...this.#files.keys()], folders: [...this.#folders].filter((path) => path !== '') };
  }

  override async read(path: string): Promise<string> {
    await later();
    return this.readSync__(path);
  }

  override async readBinary(path: string): Promise<ArrayBuffer> {
    await later();
    return this.#stored(path).bytes.slice().buffer;
  }

  override async write(path: string, data: string, options?: DataWriteOptions): Promise<void> {
    await later();
    this.writeSync__(path, data, options);
  }

  override async writeBinary(path: string, data: ArrayBuffer, options?: DataWriteOptions): Promise<void> {
    await later();
    this.writeBytesSync(path, new Uint8Array(data.slice(0)), options);
  }

  override async append(path: string, data: string, options?: DataWriteOptions): Promise<void> {
    await this.appendBinary(path, new TextEncoder().encode(data).buffer, options);
  }

  override async appendBinary(path: string, data: ArrayBuffer, options?: DataWriteOptions): Promise<void> {
    await later();
    const before = this.bytesSync(path) ?? new Uint8Array();
    const bytes = new Uint8Array(before.length + data.byteLength);
    bytes.set(before);
    bytes.set(new Uint8Array(data), before.length);
    this.writeBytesSync(path, bytes, options);
  }

  /** Nothing else writes between the read and the write. */
  override async process(
    path: string,
    fn: (data: string) => string,
    options?: DataWriteOptions,
  ): Promise<string> {
    await later();
    const text = fn(this.readSync__(path));
    this.writeSync__(path, text, options);
    return text;
  }

  override async copy(path: string, newPath: string): Promise<void> {
    await later();
    this.writeBytesSync(newPath, this.#stored(path).bytes.slice());
  }

  override async exists(path: string): Promise<boolean> {
    await later();
    return this.#files.has(path) || this.#folders.has(path === '/' ? '' : path);
  }

  override async stat(path: string): Promise<Stat | null> {
    await later();
    return this.statSync(path);
  }

  override async list(path: string): Promise<ListedFiles> {
    await later();
    const folder = path === '/' ? '' : path;
    if (!this.#folders.has(folder)) throw missing(path);
    const { files, folders } = this.listAll__();
    const within = (other: string): boolean => folderOf(other) === folder;
    return { files: files.filter(within), folders: folders.filter(within) };
  }

  override async mkdir(path: string): Promise<void> {
    await later();
    this.mkdirSync__(path);
  }

  override async remove(path: string): Promise<void> {
    await later();
    if (!this.#files.delete(path)) throw missing(path);
  }

  override async rmdir(path: string, recursive: boolean): Promise<void> {
    await later();
    const inside = (other: string): boolean => other.startsWith(`${path}/`);
    const { files, folders } = this.listAll__();
    if (!recursive && [...files, ...folders].some(inside)) {
      throw new Error(`ENOTEMPTY: directory not empty, rmdir '${path}'`);
    }
    for (const file of files.filter(inside)) this.#files.delete(file);
    for (const folder of [path, ...folders.filter(inside)]) this.#folders.delete(folder);
  }

  override async rename(path: string, newPath: string): Promise<void> {
    await later();
    if (this.statSync(newPath) !== null) throw new Error('Destination file already exists!');
    if (!this.#folders.has(folderOf(newPath))) throw missing(newPath);
    const moved = (other: string): string => newPath + other.slice(path.length);
    const touched = (other: string): boolean => other === path || other.startsWith(`${path}/`);
    const { files, folders } = this.listAll__();
    if (![...files, ...folders].some(touched)) throw missing(path);
    for (const folder of folders.filter(touched)) {
      this.#folders.delete(folder);
      this.#folders.add(moved(folder));
    }
    for (const file of files.filter(touched)) {
      this.#files.set(moved(file), this.#stored(file));
      this.#files.delete(file);
    }
  }

  #stored(path: string): Stored {
    const file = this.#files.get(path);
    if (file === undefined) throw missing(path);
    return file;
  }
}

/** A real disk responds in a later task, which exposes code that forgets to await. */
function later(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function missing(path: string): Error {
  return Object.assign(new Error(`ENOENT: no such file or directory, open '${path}'`), { code: 'ENOENT' });
}
