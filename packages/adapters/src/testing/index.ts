export * from "./cut-fetch.ts"
export * from "./faults.ts"
export * from "./scripted.ts"
export * from "./simulate.ts"
