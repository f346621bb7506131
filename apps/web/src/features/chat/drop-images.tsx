import { type ReactNode, useEffect, useRef, useState } from "react"
import { useTranslation } from "react-i18next"

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false

/**
 * Takes files dropped anywhere on the page, which else would leave it for the file.
 *
 * @returns what to show while something hovers
 */
export function useDropImages(onDrop: (files: File[]) => void): ReactNode {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const latest = useRef(onDrop)
  latest.current = onDrop

  useEffect(() => {
    // Entering a child leaves its parent: only the count says whether one is still inside.
    let depth = 0
    const listeners: Record<string, (event: DragEvent) => void> = {
      dragenter: () => setOver(++depth > 0),
      dragleave: () => setOver(--depth > 0),
      dragover: (event) => event.preventDefault(),
      drop(event) {
        event.preventDefault()
        depth = 0
        setOver(false)
        latest.current([...(event.dataTransfer?.files ?? [])])
      },
    }
    const guarded = Object.entries(listeners).map(([type, listener]) => {
      const only = (event: Event) => hasFiles(event as DragEvent) && listener(event as DragEvent)
      addEventListener(type, only)
      return () => removeEventListener(type, only)
    })
    return () => guarded.forEach((stop) => void stop())
  }, [])

  if (!over) return null
  return (
    <div className="pointer-events-none fixed inset-3 z-50 flex animate-appear items-center justify-center rounded-lg border-2 border-accent border-dashed bg-canvas/90 font-medium text-base">
      {t("composer.drop")}
    </div>
  )
}
