import type { ApiKeyView, KeyGroup } from "@nio/server/contract"
import { type ReactNode, useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Confirm } from "../../ui/confirm.tsx"
import { toast } from "../../ui/toast.tsx"
import { EditKey } from "./key-dialogs.tsx"
import { NewKey } from "./new-key.tsx"

type Doing = "edit" | "reset" | "revoke"

/** What can be done with a key, and the dialogs that belong to it. */
export function useKeyActions(
  apiKey: ApiKeyView,
  groups: readonly KeyGroup[],
  onRevoked?: () => void,
): { begin: (what: Doing) => void; dialogs: ReactNode } {
  const { t } = useTranslation("keys")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const [doing, setDoing] = useState<Doing>()
  const done = () => setDoing(undefined)
  const common = {
    onError: (error: unknown) => toast.error(sentence(error)),
    async onSettled() {
      await utils.apiKey.invalidate()
      done()
    },
  }
  const reset = trpc.apiKey.reset.useMutation(common)
  const revoke = trpc.apiKey.revoke.useMutation({
    ...common,
    onSuccess() {
      toast.success(t("revoked"))
      onRevoked?.()
    },
  })
  const { id, name } = apiKey

  const dialogs = (
    <>
      {doing === "edit" && <EditKey apiKey={apiKey} groups={groups} onClose={done} />}
      <Confirm
        open={doing === "reset"}
        onOpenChange={done}
        title={t("reset.title", { name })}
        description={t("reset.text")}
        confirmLabel={t("reset")}
        cancelLabel={words("common.cancel")}
        busy={reset.isPending}
        onConfirm={() => reset.mutate({ id })}
      />
      <Confirm
        open={doing === "revoke"}
        onOpenChange={done}
        title={t("revoke.title", { name })}
        description={t("revoke.text")}
        confirmLabel={t("revoke")}
        cancelLabel={words("common.cancel")}
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate({ id })}
      />
      {reset.data && <NewKey value={reset.data.key} onClose={reset.reset} />}
    </>
  )
  return { begin: setDoing, dialogs }
}
