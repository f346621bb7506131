import { type ReactNode, useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { drawDiagram } from "./draw-diagram.ts"

/** A Mermaid diagram as a picture: nothing in it can run, link or load. */
export function Diagram({ source, fallback }: { source: string; fallback: ReactNode }) {
  const { t } = useTranslation()
  const [drawing, setDrawing] = useState<{ light: string; dark: string } | "failed">()
  const [showsSource, setShowsSource] = useState(false)

  useEffect(() => {
    let current = true
    drawDiagram(source).then(
      (pictures) => current && setDrawing(pictures),
      () => current && setDrawing("failed"),
    )
    return () => {
      current = false
    }
  }, [source])

  if (drawing === "failed" || showsSource || !drawing)
    return (
      <>
        {fallback}
        {drawing === "failed" && <p className="diagram-note">{t("markdown.diagramFailed")}</p>}
        {!drawing && (
          <p className="diagram-note" role="status">
            {t("markdown.diagramDrawing")}
          </p>
        )}
        {showsSource && (
          <button type="button" className="diagram-note" onClick={() => setShowsSource(false)}>
            {t("markdown.diagram")}
          </button>
        )}
      </>
    )
  return (
    <figure className="diagram">
      <img src={drawing.light} alt={source} className="only-light" />
      <img src={drawing.dark} alt={source} className="only-dark" />
      <button type="button" className="diagram-note" onClick={() => setShowsSource(true)}>
        {t("markdown.diagramSource")}
      </button>
    </figure>
  )
}
