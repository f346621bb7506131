import type { KeyGroup } from "@nio/server/contract"

const all: readonly KeyGroup[] = ["normal", "basic", "standard", "pro", "admin"]

/** The groups a person may keep a key to: their own and those below. */
export const groupsWithin = ({ isAdmin }: { isAdmin: boolean }): readonly KeyGroup[] =>
  isAdmin ? all : all.slice(0, 1)
