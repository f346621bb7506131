import type { Download } from "../core/deps.ts"
import { type Guard, guardedFetch } from "./guarded-fetch.ts"

/** What the core fetches from the internet goes through the guard. */
export const downloadBy =
  (guard?: Guard): Download =>
  async (address, limits) => {
    const { status, headers, bytes } = await guardedFetch(address, limits, guard)
    return { status, contentType: headers.get("content-type"), bytes }
  }
