export * from "./answer.ts"
export * from "./chat.ts"
export * from "./error.ts"
export * from "./provider.ts"
