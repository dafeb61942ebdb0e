import type { ErrorData } from '../../errors.ts';
import type { ServerApi } from '../../model/server-model.ts';
import type { Subject } from './server-error-body.ts';

/** Returns the subject of errors for a server with either API. */
export function subjectAt(api: ServerApi, host: string, model?: string): Subject & ErrorData {
  return { host, ...(api === 'openai' && { api }), ...(model !== undefined && { model }) };
}
