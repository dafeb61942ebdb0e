import type { ErrorCode } from '../errors.ts';

/** Bytes. Git LFS pointers are shorter, and a web page starts before this. */
const HEAD = 1024;

/** The first line of a pointer. Source: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS_POINTER = /^version https?:\/\/(?:git-lfs\.github\.com|hawser\.github\.com)\/spec\/v\d/;

/**
 * The first tags by which browsers recognize a web page, after declarations and comments. Source:
 * https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type
 */
const PAGE =
  /^(?:\s|<\?[^>]*>|<!--.*?-->)*<(?:!doctype\s+html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta|link)(?=[\s/>])/is;

/** Returns the error for a Git LFS pointer or a web page in place of an image; null for any other file. */
export function fileInstead(
  bytes: Uint8Array,
): Extract<ErrorCode, 'image_in_git_lfs' | 'image_is_web_page'> | null {
  const text = new TextDecoder().decode(bytes.subarray(0, HEAD));
  if (LFS_POINTER.test(text)) return 'image_in_git_lfs';
  return PAGE.test(text) ? 'image_is_web_page' : null;
}
