import type { Provider } from "./spec/index.ts"

export * from "./spec/index.ts"

/** Every provider, by its id. */
export const providers: ReadonlyMap<string, Provider> = new Map()
export { splice } from "./wire/splice.ts"
