/**
 * `localStorage` that never throws: it may be full, forbidden or filled by someone else. What is
 * kept there is a convenience; nothing may depend on it.
 */
export const stored = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(`nio.${key}`)
    } catch {
      return null
    }
  },
  set(key: string, value: string | null): boolean {
    try {
      if (value === null) localStorage.removeItem(`nio.${key}`)
      else localStorage.setItem(`nio.${key}`, value)
      return true
    } catch {
      return false
    }
  },
}
