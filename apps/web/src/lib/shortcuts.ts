import { useEffect } from "react"

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent)

/**
 * A key with what is held: `mod+k` (⌘ on a Mac, else Ctrl), `mod+shift+o`, `?`, `escape`.
 * Letters are those of the key cap, so that they work in any input language.
 */
export type Keys = string

export const keyNames = (keys: Keys): string[] =>
  keys.split("+").map((key) => {
    if (key === "mod") return isMac ? "⌘" : "Ctrl"
    if (key === "shift") return isMac ? "⇧" : "Shift"
    if (key === "enter") return "Enter"
    return key === "escape" ? "Esc" : key.toUpperCase()
  })

export const keyLabel = (keys: Keys): string => keyNames(keys).join(isMac ? "" : " ")

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

function isPressed(keys: Keys, event: KeyboardEvent): boolean {
  const parts = keys.split("+")
  const key = parts.at(-1)!
  const mod = isMac ? event.metaKey : event.ctrlKey
  if (parts.includes("mod") !== mod || event.altKey) return false
  if (key === "?") return event.key === "?"
  if (parts.includes("shift") !== event.shiftKey) return false
  return event.key.toLowerCase() === key || event.code === `Key${key.toUpperCase()}`
}

/**
 * Calls what belongs to the keys pressed, anywhere on the page. Bare keys do nothing while someone
 * types or a dialog is open; `escape` only when nothing nearer used it.
 */
export function useShortcuts(actions: Record<Keys, () => void>) {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing) return
      for (const [keys, act] of Object.entries(actions)) {
        if (!isPressed(keys, event)) continue
        const bare = !keys.includes("mod+")
        const inDialog = document.querySelector(
          '[role="dialog"],[role="alertdialog"],[role="menu"]',
        )
        if (bare && (inDialog || (keys !== "escape" && isTyping(event.target)))) continue
        event.preventDefault()
        act()
        return
      }
    }
    addEventListener("keydown", onKeyDown)
    return () => removeEventListener("keydown", onKeyDown)
  })
}
