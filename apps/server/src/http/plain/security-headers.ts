/**
 * What a page of ours may load: what this server sends, and nothing that stands in the page itself, be
 * it script or style. Pictures from elsewhere are allowed because a reader may choose to load one by
 * one, wherever it is; none is loaded before that.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob: https:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ")

/**
 * Of the frame that draws diagrams: it belongs to nobody's origin, runs our script and can load or
 * send nothing else. What draws in it writes its styles into the drawing, so they are allowed there.
 */
const diagramPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "sandbox allow-scripts",
].join("; ")

const securityHeaders = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  "cross-origin-opener-policy": "same-origin",
}

/** What goes with a file of the web app. */
export const headersOf = (file: string): Record<string, string> =>
  file === "/diagram.html"
    ? {
        ...securityHeaders,
        "content-security-policy": diagramPolicy,
        "x-frame-options": "SAMEORIGIN",
      }
    : securityHeaders
