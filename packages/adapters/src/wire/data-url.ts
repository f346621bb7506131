/** A `data:<mime>;base64,<data>` URL in its parts; undefined for any other address. */
export function parseDataUrl(url: string): { mime: string; data: string } | undefined {
  if (!url.startsWith("data:")) return undefined
  const comma = url.indexOf(",")
  const head = url.slice(5, comma)
  if (comma < 0 || !/;base64$/i.test(head)) return undefined
  return { mime: head.split(";")[0]?.toLowerCase() ?? "", data: url.slice(comma + 1) }
}
