import { ImageIcon, ImageOff } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { pictureSource } from "./safe-link.ts"

/**
 * A picture in someone's text. From elsewhere it is fetched only when asked for: its address may
 * carry away what is on the page.
 */
export function Picture({ src, alt }: { src: string | undefined; alt: string }) {
  const { t } = useTranslation()
  const [wanted, setWanted] = useState(false)
  const [broken, setBroken] = useState(false)
  const source = pictureSource(src)

  if (!source) return <>{alt}</>
  if (broken)
    return (
      <span className="picture-note">
        <ImageOff aria-hidden="true" />
        {t("markdown.imageFailed")}
      </span>
    )
  if (source.kind === "remote" && !wanted)
    return (
      <button
        type="button"
        className="picture-note"
        title={t("markdown.imageNote", { host: source.host })}
        onClick={() => setWanted(true)}
      >
        <ImageIcon aria-hidden="true" />
        <span>
          {t("markdown.imageLoad", { host: source.host })}
          {alt && <small>{alt}</small>}
        </span>
      </button>
    )
  return (
    <img
      src={source.src}
      alt={alt}
      referrerPolicy="no-referrer"
      loading="lazy"
      onError={() => setBroken(true)}
    />
  )
}
