import { X } from "lucide-react"
import { useTranslation } from "react-i18next"

export function ComposerImages(props: {
  images: readonly string[]
  onRemove: (index: number) => void
}) {
  const { t } = useTranslation()
  if (props.images.length === 0) return null
  return (
    <ul className="flex flex-wrap gap-2 px-3 pt-3">
      {props.images.map((image, index) => (
        <li key={index} className="relative">
          <img
            src={image}
            alt={t("composer.imageAlt", { number: index + 1 })}
            className="size-16 rounded-md object-cover"
          />
          <button
            type="button"
            aria-label={t("composer.imageRemove", { number: index + 1 })}
            onClick={() => props.onRemove(index)}
            className="-top-1.5 -right-1.5 absolute flex size-6 items-center justify-center rounded-full bg-ink text-canvas"
          >
            <X className="size-3.5" />
          </button>
        </li>
      ))}
    </ul>
  )
}
