import type { Price } from "../live/live.ts"

/** Whether somebody without an account may use it: it costs nothing, and the operator says so. */
export const isOpen = ({ type, anonymous }: Price): boolean => type === "free" && anonymous
