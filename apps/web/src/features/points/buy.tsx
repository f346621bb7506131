import type { SessionView } from "@nio/server/contract"
import { toMicropoints } from "@nio/server/contract/micropoints"
import { ExternalLink } from "lucide-react"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import { yuanOf } from "../../lib/decimal.ts"
import { formatCount, formatYuan } from "../../lib/format.ts"
import { parsePoints } from "../../lib/points.ts"
import { buttonClass } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Section } from "../../ui/section.tsx"
import { purchaseLink } from "./purchase-link.ts"

const Markdown = lazy(async () => ({
  default: (await import("../../ui/markdown/markdown.tsx")).Markdown,
}))

/** Amounts people like to buy. */
const offers = [50, 100, 200, 500, 1_000, 2_000]

/** Where points are bought: the operator's page, with the amount and the name filled in. */
export function Buy({ session }: { session: SessionView }) {
  const { t } = useTranslation("money")
  const { site, user } = session
  const [text, setText] = useState("100")
  const points = parsePoints(text)
  const link = points && purchaseLink(site.buyLink, { points, name: user?.name ?? "" })

  return (
    <Section title={t("buy.title")} text={t("buy.text")}>
      {site.buyLink ? (
        <>
          <fieldset
            aria-label={t("buy.amounts")}
            className="grid grid-cols-2 gap-2.5 sm:grid-cols-3"
          >
            {offers.map((offer) => (
              <button
                key={offer}
                type="button"
                aria-pressed={points === offer}
                onClick={() => setText(String(offer))}
                className="rounded-lg bg-panel px-4 py-3 text-left tabular-nums transition-colors duration-100 hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:ring-2 aria-pressed:ring-accent"
              >
                <span className="block font-semibold text-base">
                  {t("buy.points", { points: formatCount(offer) })}
                </span>
                <span className="block text-muted text-sm">{priceOf(offer)}</span>
              </button>
            ))}
          </fieldset>
          <div className="mt-4 flex flex-col gap-3 sm:flex-row sm:items-start">
            <Field
              className="grow"
              label={t("buy.custom")}
              hint={points ? t("buy.price", { price: priceOf(points) }) : undefined}
              error={points ? undefined : t("alarm.wrong")}
            >
              {(control) => (
                <Input
                  {...control}
                  inputMode="decimal"
                  autoComplete="off"
                  className="tabular-nums"
                  value={text}
                  onChange={(event) => setText(event.target.value)}
                />
              )}
            </Field>
            <a
              href={link || undefined}
              aria-disabled={link ? undefined : true}
              target="_blank"
              rel="noopener noreferrer"
              className={`${buttonClass("primary", "md")} sm:mt-6.5 aria-disabled:pointer-events-none aria-disabled:opacity-50`}
            >
              <ExternalLink aria-hidden="true" className="size-4" />
              {t("buy.go")}
            </a>
          </div>
        </>
      ) : (
        <Notice tone="info" title={t("buy.none")}>
          {t(user?.isAdmin ? "buy.none.admin" : site.contact ? "buy.none.contact" : "buy.none.ask")}
        </Notice>
      )}
      {site.contact && (
        <div className="mt-6 rounded-lg bg-panel px-5 py-4">
          <h3 className="mb-2 font-medium text-sm">{t("buy.contact")}</h3>
          <Suspense>
            <Markdown text={site.contact} />
          </Suspense>
        </div>
      )}
    </Section>
  )
}

const priceOf = (points: number) => formatYuan(yuanOf(toMicropoints(points)))
