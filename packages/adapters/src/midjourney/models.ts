/** Each is a mode of the same painter. */
export const models: readonly string[] = ["midjourney", "midjourney-fast", "midjourney-turbo"]
