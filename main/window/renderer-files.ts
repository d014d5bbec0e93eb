// Which file answers a request to our own scheme. Pure, so that every trick with a path can be tried in a unit test.
import path from 'node:path';

/** `tocsin://app/` is the only address the window ever shows. */
export const appScheme = 'tocsin';
export const appHost = 'app';
export const appOrigin = `${appScheme}://${appHost}`;

/** Security checklist 7: scripts, styles and pictures from our own files only; no request leaves the page. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Letters, digits, dash, underscore and inner dots: no `..`, no hidden file, nothing percent-encoded, no backslash. */
const segment = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;

/** A file below `root` and the headers to send with it, or null: there is no such file for anybody. */
export interface RendererFile {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The file for a request, judged by its text alone; whether it exists is for the reader of the file to find out. */
export function rendererFile(root: string, method: string, address: string): RendererFile | null {
  if (method !== 'GET' || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== `${appScheme}:` || url.host !== appHost) return null;
  const name = url.pathname === '/' ? '/index.html' : url.pathname;
  const segments = name.slice(1).split('/');
  if (!segments.every((part) => segment.test(part))) return null;
  const mediaType = mediaTypes[path.extname(name)];
  if (mediaType === undefined) return null;
  return {
    path: path.join(root, ...segments),
    headers: {
      'content-type': mediaType,
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    },
  };
}
