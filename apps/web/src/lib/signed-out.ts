/** What must be forgotten when a person signs out, registered by whoever keeps it. */
export const whenSignedOut = new Set<() => void>()
