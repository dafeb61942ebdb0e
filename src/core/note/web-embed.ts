/**
 * Pages that note apps embed with the image syntax: videos, posts, audio, maps. Images of these sites have
 * other hosts (`img.youtube.com`, `pbs.twimg.com`, `maps.googleapis.com`).
 * @see https://help.obsidian.md/embed-web-pages for YouTube and Twitter; the others are embedded by plugins
 */
const WEB_EMBEDS = [
  /^(?:youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com|player\.vimeo\.com|dailymotion\.com|twitch\.tv|loom\.com|bilibili\.com|player\.bilibili\.com)\/./,
  /^(?:twitter\.com|x\.com|threads\.net|tiktok\.com)\/[^/]+\/(?:status|post|video)\//,
  /^bsky\.app\/profile\//,
  /^(?:open\.spotify\.com|soundcloud\.com)\/./,
  /^google\.[a-z.]+\/maps(?:[/?]|$)/,
  /^(?:maps\.google\.[a-z.]+|maps\.app\.goo\.gl|goo\.gl\/maps|maps\.apple\.com|openstreetmap\.org)(?:[/?#]|$)/,
  /^docs\.google\.com\/(?:document|presentation|spreadsheets|forms)\//,
];

/** Whether a URL is a page that is embedded with the image syntax. */
export function isWebEmbed(url: string): boolean {
  const address = /^(?:https?:)?\/\/(?:(?:www|m|mobile|music)\.)?(.+)$/is.exec(url)?.[1];
  if (address === undefined) return false;
  const page = address.replace(/^[^/?#]+/, (host) => host.toLowerCase());
  return WEB_EMBEDS.some((pattern) => pattern.test(page));
}
