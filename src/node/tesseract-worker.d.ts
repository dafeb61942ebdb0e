/** The worker part of tesseract.js and the platform adapter it requires; it has no types of its own. */
declare module 'tesseract.js/src/worker-script/index.js' {
  interface Adapter {
    /** Returns a function that creates the module. */
    readonly getCore: () => Promise<() => Promise<unknown>>;
    /** Reads the data of a language. */
    readonly readCache: (path: string) => Promise<Uint8Array>;
    readonly gunzip: (data: Uint8Array) => Uint8Array;
  }
  export function setAdapter(adapter: Adapter): void;
  export function dispatchHandlers(packet: unknown, send: (reply: unknown) => void): void;
}

/** Tesseract itself. */
declare module 'tesseract.js-core/tesseract-core-simd-lstm.js' {
  const createCore: (options: { readonly TesseractProgress: () => void }) => Promise<unknown>;
  export { createCore as default };
}
