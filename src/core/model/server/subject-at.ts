import type { ErrorData } from '../../errors.ts';
import type { ServerApi } from '../recognize-server.ts';
import type { Subject } from './read-server-error.ts';

/** Whom an error names, of a server that speaks either language. */
export function subjectAt(api: ServerApi, host: string, model?: string): Subject & ErrorData {
  return { host, ...(api === 'openai' && { api }), ...(model !== undefined && { model }) };
}
