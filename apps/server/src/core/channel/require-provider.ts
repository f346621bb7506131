import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"

/** @throws AppError `input.invalid` */
export function requireProvider({ providers }: Pick<Deps, "providers">, id: string): void {
  if (providers.has(id)) return
  throw new AppError("input.invalid", { detail: `there is no provider ${id}`, param: "provider" })
}
