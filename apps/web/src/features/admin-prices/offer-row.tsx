import { memo } from "react"
import { useTranslation } from "react-i18next"
import { Badge, type Tone } from "../../ui/badge.tsx"
import type { Offer } from "./offer-filter.ts"
import { useTermsLabel } from "./use-terms-label.ts"

const tones = { new: "success", different: "warning", same: "neutral" } as const satisfies Record<
  Offer["state"],
  Tone
>

type Props = { offer: Offer; chosen: boolean; onToggle: (offer: Offer) => void }

/** A price to be taken over or not. One that is the same cannot be chosen. */
export const OfferRow = memo(function OfferRow({ offer, chosen, onToggle }: Props) {
  const { t } = useTranslation("prices")
  const label = useTermsLabel()
  const { model, state, terms, current } = offer
  return (
    <li>
      <label
        className={`flex gap-3 px-1 py-2.5 ${state === "same" ? "" : "cursor-pointer hover:bg-hover"}`}
      >
        <input
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 accent-(--color-accent)"
          aria-label={t("choose", { model })}
          checked={chosen}
          disabled={state === "same"}
          onChange={() => onToggle(offer)}
        />
        <span className="grid min-w-0 grow gap-0.5 text-sm">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="min-w-0 truncate font-mono">{model}</span>
            {offer.provider && <span className="text-muted text-xs">{offer.provider}</span>}
            <Badge tone={tones[state]}>{t(`state.${stateInWords()}`)}</Badge>
          </span>
          <span className="text-xs tabular-nums">{label(terms)}</span>
          {current && state === "different" && (
            <span className="text-muted text-xs tabular-nums">
              {t("now", { price: label(current) })}
            </span>
          )}
          {offer.origin && (
            <span className="text-muted text-xs [overflow-wrap:anywhere]">
              {[offer.origin, offer.note].filter(Boolean).join(" · ")}
            </span>
          )}
        </span>
      </label>
    </li>
  )

  /** What happens to a price that differs is worth more than that it does. */
  function stateInWords() {
    if (state !== "different") return state
    return chosen ? "overwrite" : "different"
  }
})
