// Stands in for @vscode/spdlog in a VS Code to test in: that one would have to be compiled, and without any, the
// channels of output stay empty.
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

export const version = 0;

class FileLogger {
  #file;
  #level = 0;
  #isRaw = false;

  /** @param {string} file */
  constructor(file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, '');
  }

  /** @param {number} level @param {string} message */
  #write(level, message) {
    if (level < this.#level) return;
    const line = `${new Date().toISOString().replace('T', ' ').slice(0, -1)} [${LEVELS[level]}] ${message}\n`;
    try {
      appendFileSync(this.#file, this.#isRaw ? message : line);
    } catch {
      // The folder is gone: it stops.
    }
  }

  trace = (/** @type {string} */ message) => this.#write(0, message);
  debug = (/** @type {string} */ message) => this.#write(1, message);
  info = (/** @type {string} */ message) => this.#write(2, message);
  warn = (/** @type {string} */ message) => this.#write(3, message);
  error = (/** @type {string} */ message) => this.#write(4, message);
  critical = (/** @type {string} */ message) => this.#write(5, message);
  getLevel = () => this.#level;
  setLevel(/** @type {number} */ level) {
    this.#level = level;
  }
  clearFormatters() {
    this.#isRaw = true;
  }
  setPattern() {}
  flush() {}
  drop() {}
}

/** @param {string} _name @param {string} file */
export async function createRotatingLogger(_name, file) {
  return new FileLogger(file);
}
export const createAsyncRotatingLogger = createRotatingLogger;
export const Logger = FileLogger;
export function setLevel() {}
export function setFlushOn() {}
export function shutdown() {}
