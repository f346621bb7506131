import type { PriceView } from "@nio/server/contract"
import { Pencil, Tag, Trash2 } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Badge } from "../../ui/badge.tsx"
import { Confirm } from "../../ui/confirm.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { IconButton } from "../../ui/icon-button.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { Table, Td, Th } from "../../ui/table.tsx"
import { toast } from "../../ui/toast.tsx"
import { formatRate } from "./rate.ts"

/** More models of a rule are counted, not named. */
const namedMax = 6

export function PriceList({ onEdit }: { onEdit: (price: PriceView) => void }) {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const prices = trpc.price.list.useQuery()

  if (prices.error)
    return (
      <ErrorState
        title={sentence(prices.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void prices.refetch()}
      />
    )
  if (prices.isPending) return <Skeleton className="h-40 w-full" />
  if (prices.data.length === 0)
    return (
      <EmptyState icon={<Tag className="size-5" />} title={t("prices.empty.title")}>
        {t("prices.empty.text")}
      </EmptyState>
    )
  return (
    <Table>
      <thead>
        <tr>
          <Th>{t("prices.models")}</Th>
          <Th className="hidden sm:table-cell">{t("prices.type")}</Th>
          <Th className="text-right">{t("prices.rate")}</Th>
          <Th>
            <span className="sr-only">{t("prices.actions")}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {prices.data.map((price, at) => (
          <PriceRow
            key={price.id}
            price={price}
            shadowed={shadowedBy(prices.data.slice(0, at), price)}
            onEdit={() => onEdit(price)}
          />
        ))}
      </tbody>
    </Table>
  )
}

/** The first rule that lists a model wins: those that an earlier rule already has. */
function shadowedBy(earlier: readonly PriceView[], price: PriceView): ReadonlySet<string> {
  const taken = new Set(earlier.flatMap(({ models }) => models))
  return new Set(price.models.filter((model) => taken.has(model)))
}

function PriceRow(props: { price: PriceView; shadowed: ReadonlySet<string>; onEdit: () => void }) {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const { price, shadowed } = props

  return (
    <tr>
      <Td className="max-w-md">
        <span className="flex flex-wrap gap-1.5">
          {price.models.slice(0, namedMax).map((model) => (
            <Badge key={model} tone={shadowed.has(model) ? "warning" : "neutral"}>
              <span className="font-mono">{model}</span>
            </Badge>
          ))}
          {price.models.length > namedMax && <Badge>+{price.models.length - namedMax}</Badge>}
        </span>
        {shadowed.size > 0 && (
          <span className="mt-1 block text-warning text-xs">
            {t("prices.shadowed", { models: [...shadowed].join(", ") })}
          </span>
        )}
      </Td>
      <Td className="hidden whitespace-nowrap sm:table-cell">{t(`prices.type.${price.type}`)}</Td>
      <Td className="text-right sm:whitespace-nowrap">
        <Rate price={price} />
      </Td>
      <Td className="w-0 whitespace-nowrap">
        <IconButton label={words("common.edit")} onClick={props.onEdit}>
          <Pencil className="size-4" />
        </IconButton>
        <DeletePrice price={price} />
      </Td>
    </tr>
  )
}

function Rate({ price }: { price: PriceView }) {
  const { t } = useTranslation("admin")
  if (price.type === "free") return t("prices.free")
  if (price.type === "per-request")
    return t("prices.perRequest", { points: formatRate(price.output, "per-request") })
  return (
    <>
      {t("prices.perToken", {
        input: formatRate(price.input, "per-thousand-tokens"),
        output: formatRate(price.output, "per-thousand-tokens"),
      })}
    </>
  )
}

function DeletePrice({ price }: { price: PriceView }) {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const [asking, setAsking] = useState(false)
  const remove = trpc.price.delete.useMutation({
    onSuccess: () => toast.success(t("prices.deleted")),
    onError: (error) => toast.error(sentence(error)),
    onSettled: () => utils.invalidate(),
  })
  return (
    <>
      <IconButton label={words("common.delete")} onClick={() => setAsking(true)}>
        <Trash2 className="size-4" />
      </IconButton>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t("prices.delete.title")}
        description={t("prices.delete.text", { models: price.models.join(", ") })}
        confirmLabel={words("common.delete")}
        cancelLabel={words("common.cancel")}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id: price.id })}
      />
    </>
  )
}
