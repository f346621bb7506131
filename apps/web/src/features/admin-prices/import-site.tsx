import type { SitePrices } from "@nio/server/contract"
import { type FormEvent, useMemo, useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { Notice } from "../../ui/notice.tsx"
import { AdoptActions } from "./adopt-actions.tsx"
import { OfferChooser } from "./offer-chooser.tsx"
import type { Offer } from "./offer-filter.ts"
import { useAdoption } from "./use-adoption.ts"

/** Takes over prices of another site, after they were read and compared. */
export function ImportSite({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("prices")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const [address, setAddress] = useState("")
  const [wrong, setWrong] = useState(false)
  const adoption = useAdoption(onClose)
  const read = trpc.price.site.useMutation({ onMutate: () => adoption.setChosen(new Set()) })
  const offers = useMemo(() => read.data?.offers.map(keyed) ?? [], [read.data])

  function compare(event: FormEvent) {
    event.preventDefault()
    const isAddress = URL.canParse(address.trim()) && /^https?:/i.test(address.trim())
    setWrong(!isAddress)
    if (isAddress) read.mutate({ address: address.trim() })
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={t("site.title")}
      description={t("site.text")}
      closeLabel={words("common.close")}
    >
      <div className="grid gap-4">
        <form noValidate onSubmit={compare} className="grid gap-3">
          <Field
            label={t("site.address")}
            hint={t("site.address.hint")}
            error={wrong ? t("site.address.wrong") : undefined}
          >
            {(control) => (
              <Input
                {...control}
                type="url"
                autoComplete="url"
                value={address}
                onChange={(event) => setAddress(event.target.value)}
              />
            )}
          </Field>
          <div>
            <Button
              type="submit"
              busy={read.isPending}
              variant={read.data ? "secondary" : "primary"}
            >
              {t("site.read")}
            </Button>
          </div>
        </form>
        {read.error && (
          <Notice tone="danger" role="alert">
            {sentence(read.error)}
          </Notice>
        )}
        {read.data && !read.isPending && (
          <>
            <Beside site={read.data} />
            {offers.length === 0 ? (
              <p role="status" className="py-6 text-center text-muted text-sm">
                {t("empty")}
              </p>
            ) : (
              <OfferChooser
                offers={offers}
                chosen={adoption.chosen}
                onChange={adoption.setChosen}
              />
            )}
            <AdoptActions
              adoption={adoption}
              onClose={onClose}
              onApply={() => adoption.apply({ kind: "site", address: read.data.address }, offers)}
            />
          </>
        )}
      </div>
    </Dialog>
  )
}

const keyed = (offer: SitePrices["offers"][number]): Offer => ({ ...offer, key: offer.model })

/** What of the site's list is not to be chosen, and what only we have. */
function Beside({ site: { refused, onlyHere } }: { site: SitePrices }) {
  const { t } = useTranslation("prices")
  return (
    <>
      {refused.length > 0 && (
        <Notice tone="warning" title={t("site.refused", { count: refused.length })}>
          <ul className="mt-1 grid max-h-40 gap-0.5 overflow-y-auto text-xs">
            {refused.map(({ models, reason }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change
              <li key={at}>
                <span className="font-mono">{models.join(", ") || t("site.unnamed")}</span>
                {": "}
                {t(`refusal.${reason}`)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {onlyHere.length > 0 && (
        <details className="text-sm">
          <summary className="w-fit cursor-pointer text-muted">
            {t("site.onlyHere", { count: onlyHere.length })}
          </summary>
          <p className="mt-1 max-h-40 overflow-y-auto font-mono text-xs [overflow-wrap:anywhere]">
            {onlyHere.join(", ")}
          </p>
        </details>
      )}
    </>
  )
}
