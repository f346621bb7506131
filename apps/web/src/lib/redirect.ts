/** What `?redirect=` may hold: a path of ours. Anything that names a host leads home instead. */
export const ownPath = (value: unknown): string =>
  typeof value === "string" && /^\/(?![/\\])/.test(value) ? value : "/"
