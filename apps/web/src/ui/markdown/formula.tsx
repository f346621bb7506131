import type { KatexOptions } from "katex"
import { useEffect, useRef, useState } from "react"

const options = {
  throwOnError: true,
  // No links, pictures or attributes from inside a formula.
  trust: false,
  strict: "ignore",
  maxExpand: 500,
  /** In em: a formula must not cover the page. */
  maxSize: 20,
} satisfies KatexOptions

const texCharsMax = 10_000
let katex: typeof import("katex").default | undefined

async function loadKatex() {
  const [{ default: loaded }] = await Promise.all([
    import("katex"),
    import("katex/dist/katex.min.css"),
  ])
  katex = loaded
}

/** A formula; its source as text until it is drawn, and when it cannot be. */
export function Formula({ tex, display = false }: { tex: string; display?: boolean }) {
  const host = useRef<HTMLSpanElement>(null)
  const [ready, setReady] = useState(katex !== undefined)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    if (!ready)
      void loadKatex().then(
        () => setReady(true),
        () => setFailed(true),
      )
  }, [ready])

  useEffect(() => {
    if (!ready || !host.current || !katex) return
    try {
      if (tex.length > texCharsMax) throw new RangeError("too long")
      // Builds nodes, never HTML text.
      katex.render(tex, host.current, { ...options, displayMode: display })
      setFailed(false)
    } catch {
      setFailed(true)
    }
  }, [tex, display, ready])

  const drawn = ready && !failed
  return (
    <span className={display ? "formula-display" : "formula"}>
      {!drawn && <code>{tex}</code>}
      <span ref={host} hidden={!drawn} />
    </span>
  )
}
