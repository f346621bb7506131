import { isSecret } from "../../contract/index.ts"
import type { Vault } from "../deps.ts"

/** A setting as it is stored: sealed when it is a secret. One without a value needs no seal. */
export const storedSetting = (vault: Vault, key: string, value: unknown): unknown =>
  isSecret(key) && typeof value === "string" && value !== "" ? vault.seal(value) : value

/** Undefined when it was sealed with another secret than ours. */
export const openSetting = (vault: Vault, stored: unknown): string | undefined =>
  typeof stored === "string" && stored !== "" ? vault.open(stored) : ""

/** What the audit log says of it. */
export const isSetWord = (stored: unknown): "set" | null =>
  typeof stored === "string" && stored !== "" ? "set" : null
