/**
 * The operator's page with what is wanted, in the names their shop software expects: `quota` for points,
 * and `username`. @returns undefined for what is no page of the web
 */
export function purchaseLink(
  address: string,
  { points, name }: { points: number; name: string },
): string | undefined {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  url.searchParams.set("quota", String(points))
  url.searchParams.set("username", name)
  return url.href
}
