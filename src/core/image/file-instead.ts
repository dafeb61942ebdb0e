import type { ErrorCode } from '../errors.ts';

/** Bytes: no Git LFS pointer is longer, and a page says what it is before that. */
const HEAD = 1024;

/** The first line of a pointer. Source: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS_POINTER = /^version https?:\/\/(?:git-lfs\.github\.com|hawser\.github\.com)\/spec\/v\d/;

/**
 * The tags that browsers take a page by, behind declarations and comments.
 * Source: https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type
 */
const PAGE =
  /^(?:\s|<\?[^>]*>|<!--.*?-->)*<(?:!doctype\s+html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta|link)(?=[\s/>])/is;

/** What a file is that stands where an image should, if it is of a kind with a remedy of its own; else null. */
export function fileInstead(
  bytes: Uint8Array,
): Extract<ErrorCode, 'image_in_git_lfs' | 'image_is_web_page'> | null {
  const text = new TextDecoder().decode(bytes.subarray(0, HEAD));
  if (LFS_POINTER.test(text)) return 'image_in_git_lfs';
  return PAGE.test(text) ? 'image_is_web_page' : null;
}
