/** The bundled code of a worker, put in by `scripts/inline-worker.mjs`. */
declare module 'worker:*' {
  export const source: string;
}
