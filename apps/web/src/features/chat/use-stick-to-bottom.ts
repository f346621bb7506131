import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react"
import type { VirtualizerHandle } from "virtua"

/** As near to the end as this is at the end. */
const nearPixels = 48

/**
 * Keeps the end in sight while text is added, unless the reader has scrolled up; reading on to the
 * end sticks again. A new last message of one's own brings the end back.
 */
export function useStickToBottom(key: string, count: number, lastId: string | undefined) {
  const scroller = useRef<HTMLElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const stuck = useRef(true)
  const [atEnd, setAtEnd] = useState(true)

  const goToEnd = useCallback(() => {
    stuck.current = true
    setAtEnd(true)
    const element = scroller.current
    if (element) element.scrollTop = element.scrollHeight
  }, [])

  useLayoutEffect(() => {
    list.current?.scrollToIndex(Math.max(0, count - 1), { align: "end" })
    goToEnd()
  }, [key])

  useLayoutEffect(goToEnd, [lastId])

  useEffect(() => {
    const element = scroller.current
    if (!element || !content.current) return
    let top = element.scrollTop
    function onScroll() {
      const gap = element!.scrollHeight - element!.clientHeight - element!.scrollTop
      // Growing content widens the gap without moving the reader; only moving up lets go.
      if (gap <= nearPixels) stuck.current = true
      else if (element!.scrollTop < top - 1) stuck.current = false
      top = element!.scrollTop
      setAtEnd(gap <= nearPixels || stuck.current)
    }
    const grown = new ResizeObserver(() => {
      if (stuck.current) element.scrollTop = element.scrollHeight
    })
    grown.observe(content.current)
    grown.observe(element)
    element.addEventListener("scroll", onScroll, { passive: true })
    return () => {
      grown.disconnect()
      element.removeEventListener("scroll", onScroll)
    }
  }, [])

  return { scroller, content, list, atEnd, goToEnd }
}
