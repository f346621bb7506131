/** Where a link in someone's text may lead. Everything else is shown as text. */
const protocols = ["http:", "https:", "mailto:", "tel:"]

/**
 * The address of a link as the browser itself would read it, or undefined when it must not be one:
 * the check and the browser must not differ in what they take for a protocol.
 */
export function safeLink(href: string | undefined): string | undefined {
  if (!href) return
  if (!URL.canParse(href)) return
  const url = new URL(href)
  return protocols.includes(url.protocol) ? url.href : undefined
}

export type PictureSource =
  | { kind: "own"; src: string }
  | { kind: "remote"; src: string; host: string }

/** Pictures inside the text are drawn at once; those from elsewhere only when the reader asks. */
export function pictureSource(src: string | undefined): PictureSource | undefined {
  if (!src) return
  if (/^data:image\/(?:png|jpeg|webp|gif);base64,[a-z\d+/=]+$/i.test(src))
    return { kind: "own", src }
  if (!URL.canParse(src)) return
  const url = new URL(src)
  if (url.protocol !== "https:") return
  return { kind: "remote", src: url.href, host: url.host }
}
