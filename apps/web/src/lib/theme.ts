import { createStore } from "./store.ts"
import { stored } from "./stored.ts"

export const themes = ["system", "light", "dark"] as const
export type Theme = (typeof themes)[number]

const isTheme = (value: unknown): value is Theme => themes.includes(value as Theme)
const kept = stored.get("theme")

/** The chosen theme. `public/theme.js` reads the same key before the first paint. */
export const theme = createStore<Theme>(isTheme(kept) ? kept : "system")

export function setTheme(next: Theme) {
  stored.set("theme", next === "system" ? null : next)
  if (next === "system") delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = next
  theme.set(next)
}

/** From system to light to dark and around. */
export const nextTheme = () => setTheme(themes[(themes.indexOf(theme.get()) + 1) % themes.length]!)
