const sourceCharsMax = 20_000
const withinMs = 8_000

export type Drawing = { light: string; dark: string }

let last: Promise<unknown> = Promise.resolve()
const kept = new Map<string, Drawing>()
const drawingsKept = 50

/**
 * Draws a Mermaid diagram in a frame of its own origin, which is thrown away afterwards: a diagram
 * that hangs or attacks its library reaches nothing of ours. One at a time.
 *
 * @throws Error when it cannot be drawn, or not in time
 */
export function drawDiagram(source: string): Promise<Drawing> {
  const known = kept.get(source)
  if (known) return Promise.resolve(known)
  const drawn = last.then(() => drawInFrame(source))
  last = drawn.catch(() => {})
  return drawn
}

async function drawInFrame(source: string): Promise<Drawing> {
  if (source.length > sourceCharsMax) throw new RangeError("too long")
  const frame = document.createElement("iframe")
  frame.setAttribute("sandbox", "allow-scripts")
  frame.setAttribute("aria-hidden", "true")
  frame.tabIndex = -1
  frame.className = "diagram-frame"
  frame.src = "/diagram.html"

  const { promise, resolve, reject } = Promise.withResolvers<Drawing>()
  const late = setTimeout(reject, withinMs, new Error("too slow"))
  function onMessage({ source: sender, data }: MessageEvent) {
    if (sender !== frame.contentWindow) return
    if (data === "ready") return sender?.postMessage(source, { targetOrigin: "*" })
    if (typeof data?.light === "string" && typeof data.dark === "string")
      return resolve({ light: pictureOf(data.light), dark: pictureOf(data.dark) })
    reject(new Error("not a diagram"))
  }
  addEventListener("message", onMessage)
  document.body.append(frame)
  try {
    const drawing = await promise
    kept.set(source, drawing)
    if (kept.size > drawingsKept) kept.delete(kept.keys().next().value!)
    return drawing
  } finally {
    clearTimeout(late)
    removeEventListener("message", onMessage)
    frame.remove()
  }
}

const pictureOf = (svg: string) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
