/** The part of tesseract.js that runs in a worker, and what it asks of the platform; it has no types of its own. */
declare module 'tesseract.js/src/worker-script/index.js' {
  interface Packet {
    readonly workerId: string;
    readonly jobId: string;
    readonly action: 'load' | 'loadLanguage' | 'initialize' | 'setParameters' | 'recognize';
    readonly payload: Readonly<Record<string, unknown>>;
  }
  interface Reply {
    readonly status: 'resolve' | 'reject' | 'progress';
    readonly data: unknown;
  }
  interface Adapter {
    /** Gives what makes the module. */
    readonly getCore: () => Promise<() => Promise<unknown>>;
    /** Gives the data of a language, unpacked. @param path ends in `/LANGUAGE.traineddata` */
    readonly readCache: (path: string) => Promise<Uint8Array>;
  }
  export function setAdapter(adapter: Adapter): void;
  export function dispatchHandlers(packet: Packet, send: (reply: Reply) => void): void;
}

/** Tesseract itself, of `tesseract.js-core`. */
declare module 'pack:tesseract-core' {
  interface Options {
    readonly wasmBinary: ArrayBuffer;
    readonly TesseractProgress: (percent: number) => void;
  }
  const createCore: (options: Options) => Promise<unknown>;
  export { createCore as default };
}
