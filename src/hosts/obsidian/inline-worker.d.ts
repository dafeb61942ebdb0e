/** The bundled code of a worker, inserted by `scripts/inline-worker.mjs`. */
declare module 'worker:*' {
  export const source: string;
}
