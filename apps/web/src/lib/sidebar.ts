import { useSyncExternalStore } from "react"
import { createStore } from "./store.ts"
import { stored } from "./stored.ts"

/** On a wide screen the sidebar may be put away, on a phone it is a drawer. The two are apart. */
export const sidebarShown = createStore(stored.get("sidebar") !== "hidden")
export const drawerOpen = createStore(false)

const wide = matchMedia("(min-width: 768px)")
export const isWide = () => wide.matches

export function useWide(): boolean {
  return useSyncExternalStore((listener) => {
    wide.addEventListener("change", listener)
    return () => wide.removeEventListener("change", listener)
  }, isWide)
}

export function toggleSidebar() {
  if (!isWide()) return drawerOpen.set(!drawerOpen.get())
  const shown = !sidebarShown.get()
  stored.set("sidebar", shown ? null : "hidden")
  sidebarShown.set(shown)
}
