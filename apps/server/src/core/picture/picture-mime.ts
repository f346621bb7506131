/** How files of each kind begin; what their server calls them is wrong too often. */
const beginnings: readonly [string, RegExp][] = [
  ["image/png", /^\x89PNG/],
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/gif", /^GIF8/],
  ["image/webp", /^RIFF.{4}WEBP/s],
]

/** Undefined for what is none of these. */
export function pictureMime(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString("latin1")
  return beginnings.find(([, beginning]) => beginning.test(head))?.[0]
}
