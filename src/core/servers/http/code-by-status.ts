import type { ErrorCode } from '../../errors.ts';
import { isJsonError } from './server-error-body.ts';

/**
 * Returns the error for a status that means the same on every server, usually sent by a proxy. 521 to 524 and
 * 530 are from Cloudflare:
 * https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
 * @param body the unmodified body
 * @returns null for any other status
 */
export function codeByStatus(status: number, body: string): ErrorCode | null {
  switch (status) {
    case 402:
    case 429:
      return 'limit_reached';
    case 413:
      return 'request_too_large';
    case 503:
      // A busy server answers in JSON; a proxy without a server behind it doesn't.
      return isJsonError(body) ? 'server_busy' : 'gateway_down';
    case 502:
    case 521:
    case 522:
    case 523:
    case 530:
      return 'gateway_down';
    case 504:
    case 524:
      return 'gateway_timeout';
    default:
      return null;
  }
}
