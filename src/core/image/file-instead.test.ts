import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkKind } from './check-kind.ts';

const POINTER = 'version https://git-lfs.github.com/spec/v1\noid sha256:2d6c72fe\nsize 46658\n';

test('distinguishes a Git LFS pointer and a web page from a broken image', () => {
  const cases: [string, string][] = [
    [POINTER, 'image_in_git_lfs'],
    [POINTER.replaceAll('\n', '\r\n'), 'image_in_git_lfs'],
    [POINTER.replace('git-lfs.github', 'hawser.github'), 'image_in_git_lfs'],
    ['<!DOCTYPE html>\n<html><head><title>Not found</title>', 'image_is_web_page'],
    ['\ufeff\n<!doctype html><body>', 'image_is_web_page'],
    ['<html><svg xmlns="http://www.w3.org/2000/svg"></svg></html>', 'image_is_web_page'],
    ['<!-- saved from a page -->\n<HTML lang="en">', 'image_is_web_page'],
    ['<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">', 'image_is_web_page'],
    ['<p>Access denied</p>', 'image_is_web_page'],
    ['', 'image_unreadable'],
    ['version 1 of the drawing', 'image_unreadable'],
    ['<picture/>', 'image_unreadable'],
    ['The <html> tag', 'image_unreadable'],
  ];
  for (const [text, code] of cases) {
    assert.throws(() => checkKind(new TextEncoder().encode(text)), { code }, text);
  }
});

test('accepts an SVG, even with a web page in its comments', () => {
  const svg = '<!-- <html> --><svg xmlns="http://www.w3.org/2000/svg"/>';
  assert.equal(checkKind(new TextEncoder().encode(svg)), 'svg');
});
