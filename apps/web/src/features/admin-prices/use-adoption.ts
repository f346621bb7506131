import type { PriceAdoption } from "@nio/server/contract"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { toast } from "../../ui/toast.tsx"
import type { Offer } from "./offer-filter.ts"

/** What is chosen of prices from elsewhere, and taking it over. */
export function useAdoption(onDone: () => void) {
  const { t } = useTranslation("prices")
  const utils = trpc.useUtils()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const adopt = trpc.price.adopt.useMutation({
    onSuccess: async (adopted) => {
      await utils.invalidate()
      toast.success(t("applied", adopted))
      onDone()
    },
  })
  function apply(from: PriceAdoption["from"], offers: readonly Offer[]) {
    const rows = offers
      .filter(({ key }) => chosen.has(key))
      .map(({ model, terms, state }) => ({ ...terms, model, overwrite: state === "different" }))
    adopt.mutate({ from, rows })
  }
  return { chosen, setChosen, apply, busy: adopt.isPending, error: adopt.error }
}
