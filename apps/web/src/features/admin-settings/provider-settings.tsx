import type { OidcProviderView } from "@nio/server/contract"
import { MoreHorizontal, Pencil, Plus, Trash2 } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Badge } from "../../ui/badge.tsx"
import { Button } from "../../ui/button.tsx"
import { Confirm } from "../../ui/confirm.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { FormSection } from "../../ui/form-section.tsx"
import { IconButton } from "../../ui/icon-button.tsx"
import { Menu, MenuItem } from "../../ui/menu.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { toast } from "../../ui/toast.tsx"
import { ProviderDialog } from "./provider-dialog.tsx"

/** Accounts elsewhere that people may sign in with. Each is saved by itself. */
export function ProviderSettings({ address }: { address: string }) {
  const { t } = useTranslation("factors")
  const [adding, setAdding] = useState(false)
  return (
    <FormSection title={t("admin.providers")} text={t("admin.providers.hint")}>
      {address === "" && <Notice tone="warning">{t("admin.providers.noAddress")}</Notice>}
      <Providers address={address} />
      <div>
        <Button size="sm" icon={<Plus className="size-4" />} onClick={() => setAdding(true)}>
          {t("admin.providers.add")}
        </Button>
      </div>
      {adding && <ProviderDialog address={address} onClose={() => setAdding(false)} />}
    </FormSection>
  )
}

function Providers({ address }: { address: string }) {
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const providers = trpc.oidc.providers.useQuery()
  if (providers.isPending) return <Skeleton className="h-14 w-full" />
  if (providers.error)
    return (
      <ErrorState
        title={sentence(providers.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void providers.refetch()}
      />
    )
  if (providers.data.length === 0) return null
  return (
    <ul className="divide-y divide-line border-line border-y">
      {providers.data.map((provider) => (
        <ProviderRow key={provider.id} provider={provider} address={address} />
      ))}
    </ul>
  )
}

function ProviderRow({ provider, address }: { provider: OidcProviderView; address: string }) {
  const { t } = useTranslation("factors")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const [asked, setAsked] = useState<"edit" | "delete" | null>(null)
  const { id, name, issuer, enabled, secretSet } = provider
  const remove = trpc.oidc.deleteProvider.useMutation({
    onSuccess: () => utils.oidc.providers.invalidate(),
    onError: (error) => toast.error(sentence(error)),
  })
  return (
    <li className="flex items-center gap-3 py-3">
      <div className="min-w-0 grow">
        <p className="flex items-center gap-2 font-medium text-sm">
          <span className="truncate">{name}</span>
          {!enabled && <Badge>{t("admin.providers.off")}</Badge>}
          {!secretSet && <Badge tone="warning">{t("admin.providers.noSecret")}</Badge>}
        </p>
        <p className="truncate font-mono text-muted text-xs">{issuer}</p>
      </div>
      <Menu
        trigger={
          <IconButton label={t("passkeys.more", { name })}>
            <MoreHorizontal className="size-4" />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil className="size-4" />} onSelect={() => setAsked("edit")}>
          {words("common.edit")}
        </MenuItem>
        <MenuItem danger icon={<Trash2 className="size-4" />} onSelect={() => setAsked("delete")}>
          {words("common.delete")}
        </MenuItem>
      </Menu>
      {asked === "edit" && (
        <ProviderDialog provider={provider} address={address} onClose={() => setAsked(null)} />
      )}
      {asked === "delete" && (
        <Confirm
          open
          onOpenChange={() => setAsked(null)}
          title={t("admin.provider.delete.title", { name })}
          description={t("admin.provider.delete.text")}
          confirmLabel={words("common.delete")}
          cancelLabel={words("common.cancel")}
          busy={remove.isPending}
          onConfirm={() => remove.mutate({ id })}
        />
      )}
    </li>
  )
}
