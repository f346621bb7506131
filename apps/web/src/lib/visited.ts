/** Where it is kept that somebody has chatted here without an account, and may want to take that along. */
export const visitedKey = "visited"
