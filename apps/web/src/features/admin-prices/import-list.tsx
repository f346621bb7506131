import type { ListedOffer, ListRates } from "@nio/server/contract"
import { keepPreviousData } from "@tanstack/react-query"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Dialog } from "../../ui/dialog.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Spinner } from "../../ui/spinner.tsx"
import { AdoptActions } from "./adopt-actions.tsx"
import { ListRatesFields } from "./list-rates-fields.tsx"
import { OfferChooser } from "./offer-chooser.tsx"
import { noFilter, type Offer, type OfferFilter } from "./offer-filter.ts"
import { useAdoption } from "./use-adoption.ts"

/** Takes over prices of the list that comes with the program; `missing` shows first what is offered and has none. */
export function ImportList({ missing, onClose }: { missing?: boolean; onClose: () => void }) {
  const { t } = useTranslation("prices")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const [rates, setRates] = useState<ListRates>()
  const adoption = useAdoption(onClose)
  const list = trpc.price.template.useQuery(rates, { placeholderData: keepPreviousData })
  const offers = useOffers(list.data?.offers)

  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={t("list.title")}
      description={t("list.text")}
      closeLabel={words("common.close")}
    >
      {list.error && (
        <ErrorState
          title={sentence(list.error)}
          retryLabel={words("common.retry")}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isPending && <Waiting />}
      {list.data && (
        <div className="grid gap-4">
          <ListRatesFields rates={list.data.rates} onChange={setRates} />
          <OfferChooser
            {...(missing && { initial: missingOnly })}
            offers={offers}
            chosen={adoption.chosen}
            onChange={adoption.setChosen}
          />
          <AdoptActions
            adoption={adoption}
            onClose={onClose}
            onApply={() => adoption.apply({ kind: "list", ...list.data.rates }, offers)}
          />
        </div>
      )}
    </Dialog>
  )
}

const missingOnly: OfferFilter = { ...noFilter, state: "new", servedOnly: true }

const Waiting = () => (
  <div className="flex justify-center py-16">
    <Spinner />
  </div>
)

function useOffers(listed: readonly ListedOffer[] = []): Offer[] {
  const { t } = useTranslation("prices")
  return listed.map((offer) => ({
    ...offer,
    key: `${offer.provider}/${offer.model}`,
    origin: t("list.source", { source: offer.source, date: offer.asOf }),
  }))
}
