import { useEffect, useState } from "react"

type Tip = { label: string; keys: string; x: number; y: number; above: boolean }

const afterMs = 350
/** After a touch the focus stays where the finger was; a tip there would only be in the way. */
const canHover = matchMedia("(hover: hover)")
/** Room above an element for a tip; with less it goes below. */
const roomPixels = 44

/**
 * Shows the `data-tip` (and `data-tip-keys`) of whatever is pointed at or focused by keyboard. One
 * for the whole page, so that a button with a tip costs no more than one without. Only for the
 * eye: the element has its own accessible name.
 */
export function TooltipOutlet() {
  const [tip, setTip] = useState<Tip>()

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    function hide() {
      clearTimeout(timer)
      setTip(undefined)
    }
    function show(target: EventTarget | null, waitMs: number) {
      hide()
      const element = target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null
      if (element) timer = setTimeout(() => setTip(tipOf(element)), waitMs)
    }
    const stop = new AbortController()
    const { signal } = stop
    window.addEventListener(
      "pointerover",
      ({ target, pointerType }) => pointerType === "mouse" && show(target, afterMs),
      { signal },
    )
    window.addEventListener(
      "focusin",
      ({ target }) =>
        canHover.matches && (target as Element).matches(":focus-visible") && show(target, 0),
      { signal },
    )
    for (const type of ["pointerdown", "focusout", "keydown", "scroll"])
      window.addEventListener(type, hide, { signal, capture: true, passive: true })
    return () => {
      hide()
      stop.abort()
    }
  }, [])

  if (!tip) return null
  return (
    <div
      aria-hidden="true"
      style={{ left: tip.x, top: tip.y }}
      className={`pointer-events-none fixed z-60 flex w-max max-w-72 animate-appear items-center gap-2 whitespace-pre-line rounded-sm bg-ink px-2 py-1 font-medium text-canvas text-xs ${tip.above ? "-translate-y-full" : ""}`}
      ref={keepInside}
    >
      {tip.label}
      {tip.keys && <kbd className="font-mono opacity-70">{tip.keys}</kbd>}
    </div>
  )
}

function tipOf(element: HTMLElement): Tip | undefined {
  if (!element.isConnected) return
  const { left, width, top, bottom } = element.getBoundingClientRect()
  const above = top > roomPixels
  return {
    label: element.dataset.tip ?? "",
    keys: element.dataset.tipKeys ?? "",
    x: left + width / 2,
    y: above ? top - 6 : bottom + 6,
    above,
  }
}

/** Centred on its element, but never out of the window. */
function keepInside(node: HTMLElement | null) {
  if (!node) return
  const half = node.offsetWidth / 2
  const x = Number.parseFloat(node.style.left)
  node.style.left = `${Math.max(8, Math.min(innerWidth - 2 * half - 8, x - half))}px`
}
