import type { Vault } from "../deps.ts"

/** A secret setting as it is stored; one without a value needs no seal. */
export const sealSetting = (vault: Vault, value: unknown): string =>
  typeof value === "string" && value !== "" ? vault.seal(value) : ""

/** Undefined when it was sealed with another secret than ours. */
export const openSetting = (vault: Vault, stored: unknown): string | undefined =>
  typeof stored === "string" && stored !== "" ? vault.open(stored) : ""

/** What the audit log says of it. */
export const isSetWord = (stored: unknown): "set" | null =>
  typeof stored === "string" && stored !== "" ? "set" : null
