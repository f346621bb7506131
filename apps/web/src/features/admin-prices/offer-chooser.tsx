import { type Dispatch, useDeferredValue, useMemo, useState } from "react"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { Input } from "../../ui/input.tsx"
import { Select } from "../../ui/select.tsx"
import { filtered, noFilter, type Offer, type OfferFilter, withChosen } from "./offer-filter.ts"
import { OfferRow } from "./offer-row.tsx"

/** More are drawn when somebody wants to see them. */
const page = 100
const states = ["all", "new", "different", "same"] as const

type Props = {
  offers: readonly Offer[]
  chosen: ReadonlySet<string>
  onChange: Dispatch<(chosen: ReadonlySet<string>) => ReadonlySet<string>>
  /** What is shown at first. */
  initial?: OfferFilter
}

/** Prices from elsewhere beside the ones in force: to search, and to choose which are taken over. */
export function OfferChooser({ offers, chosen, onChange, initial = noFilter }: Props) {
  const { t } = useTranslation("prices")
  const [filter, setFilter] = useState(initial)
  const [shown, setShown] = useState(page)
  const wanted = useDeferredValue(filter)
  const found = useMemo(() => filtered(offers, wanted), [offers, wanted])
  const providers = useMemo(
    () => [...new Set(offers.flatMap(({ provider }) => provider ?? []))].sort(),
    [offers],
  )
  const change = (next: Partial<typeof filter>) => {
    setFilter({ ...filter, ...next })
    setShown(page)
  }
  const toggle = useMemo(
    () => (offer: Offer) =>
      onChange((before) => {
        const others = new Set(before)
        return others.delete(offer.key) ? others : withChosen(before, [offer], offers)
      }),
    [offers, onChange],
  )

  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-2">
        <Input
          type="search"
          className="min-w-40 grow basis-60"
          aria-label={t("search")}
          placeholder={t("search")}
          value={filter.search}
          onChange={(event) => change({ search: event.target.value })}
        />
        {providers.length > 0 && (
          <Select
            className="w-auto! grow"
            aria-label={t("list.provider")}
            value={filter.provider}
            onChange={(event) => change({ provider: event.target.value })}
          >
            <option value="">{t("list.provider.all")}</option>
            {providers.map((provider) => (
              <option key={provider}>{provider}</option>
            ))}
          </Select>
        )}
        <Select
          className="w-auto! grow"
          aria-label={t("show")}
          value={filter.state}
          onChange={(event) => change({ state: event.target.value as typeof filter.state })}
        >
          {states.map((state) => (
            <option key={state} value={state}>
              {t(`state.${state}`)}
            </option>
          ))}
        </Select>
      </div>
      {providers.length > 0 && (
        <label className="flex items-center gap-2.5 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-(--color-accent)"
            checked={filter.servedOnly}
            onChange={(event) => change({ servedOnly: event.target.checked })}
          />
          {t("list.served")}
        </label>
      )}
      <ChooseMany found={found} {...{ offers, chosen, onChange }} />
      <p className="text-muted text-xs">{t("unit")}</p>
      {found.length === 0 ? (
        <p role="status" className="py-6 text-center text-muted text-sm">
          {t("none")}
        </p>
      ) : (
        <ul className="divide-y divide-line border-line border-y">
          {found.slice(0, shown).map((offer) => (
            <OfferRow
              key={offer.key}
              offer={offer}
              chosen={chosen.has(offer.key)}
              onToggle={toggle}
            />
          ))}
        </ul>
      )}
      {found.length > shown && (
        <div className="text-center">
          <Button size="sm" onClick={() => setShown(shown + page)}>
            {t("showMore")}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Chooses among what is found, so that a search narrows it down. */
function ChooseMany({ found, offers, chosen, onChange }: Props & { found: readonly Offer[] }) {
  const { t } = useTranslation("prices")
  const many = (["new", "different"] as const).map((state) => ({
    state,
    offers: found.filter((offer) => offer.state === state),
  }))
  return (
    <div className="flex flex-wrap gap-2">
      {many.map(({ state, offers: those }) => (
        <Button
          key={state}
          size="sm"
          disabled={those.length === 0}
          onClick={() => onChange((before) => withChosen(before, those, offers))}
        >
          {t(`choose.${state}`, { count: those.length })}
        </Button>
      ))}
      <Button
        size="sm"
        variant="ghost"
        disabled={chosen.size === 0}
        onClick={() => onChange(() => new Set())}
      >
        {t("choose.none")}
      </Button>
    </div>
  )
}
