/** Whom a channel can be kept for. */
export const groups = ["anonymous", "normal", "basic", "standard", "pro", "admin"] as const
type Group = (typeof groups)[number]

export const isGroup = (name: string): name is Group => groups.some((group) => group === name)
