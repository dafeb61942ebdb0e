/** The worker part of tesseract.js and the platform adapter it requires; it has no types of its own. */
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
    /** Returns a function that creates the module. */
    readonly getCore: () => Promise<() => Promise<unknown>>;
    /** Returns the uncompressed data of a language. @param path ends in `/LANGUAGE.traineddata` */
    readonly readCache: (path: string) => Promise<Uint8Array>;
  }
  export function setAdapter(adapter: Adapter): void;
  export function dispatchHandlers(packet: Packet, send: (reply: Reply) => void): void;
}

/** Tesseract itself, from `tesseract.js-core`. */
declare module 'pack:tesseract-core' {
  interface Options {
    readonly wasmBinary: ArrayBuffer;
    readonly TesseractProgress: (percent: number) => void;
  }
  const createCore: (options: Options) => Promise<unknown>;
  export { createCore as default };
}
