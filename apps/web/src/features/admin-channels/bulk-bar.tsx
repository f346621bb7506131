import type { ChannelView } from "@nio/server/contract"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Confirm } from "../../ui/confirm.tsx"
import { toast } from "../../ui/toast.tsx"
import { BulkEdit } from "./bulk-edit.tsx"
import { ExportChannels } from "./export-channels.tsx"
import { TestRound } from "./test-round.tsx"

type Doing = "edit" | "test" | "export" | "delete"

/** What can be done with all chosen channels at once. */
export function BulkBar(props: { chosen: readonly ChannelView[]; onDone: () => void }) {
  const { chosen, onDone } = props
  const { t } = useTranslation("channels")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const [doing, setDoing] = useState<Doing>()
  const close = () => setDoing(undefined)
  const ids = chosen.map(({ id }) => id)
  const common = {
    onError: (error: unknown) => toast.error(sentence(error)),
    async onSettled() {
      await utils.invalidate()
      close()
    },
  }
  const edit = trpc.channel.updateMany.useMutation(common)
  const remove = trpc.channel.deleteMany.useMutation({ ...common, onSuccess: onDone })

  return (
    <section
      aria-label={t("bulk")}
      className="sticky bottom-4 z-10 mt-4 flex flex-wrap items-center gap-2 rounded-lg bg-raised px-4 py-3 shadow-float"
    >
      <p className="grow text-sm" role="status">
        {t("bulk.chosen", { count: chosen.length })}
      </p>
      <Button size="sm" onClick={() => edit.mutate({ ids, edit: { enabled: true } })}>
        {t("bulk.on")}
      </Button>
      <Button size="sm" onClick={() => edit.mutate({ ids, edit: { enabled: false } })}>
        {t("bulk.off")}
      </Button>
      <Button size="sm" onClick={() => setDoing("edit")}>
        {t("bulk.set")}
      </Button>
      <Button size="sm" onClick={() => setDoing("test")}>
        {t("bulk.test")}
      </Button>
      <Button size="sm" onClick={() => setDoing("export")}>
        {t("export")}
      </Button>
      <Button size="sm" className="text-danger!" onClick={() => setDoing("delete")}>
        {words("common.delete")}
      </Button>
      <Button size="sm" variant="ghost" onClick={onDone}>
        {t("bulk.none")}
      </Button>
      {doing === "edit" && (
        <BulkEdit
          count={ids.length}
          busy={edit.isPending}
          onSave={(change) => edit.mutate({ ids, edit: change })}
          onClose={close}
        />
      )}
      {doing === "test" && <TestRound channels={chosen} onClose={close} />}
      {doing === "export" && <ExportChannels ids={ids} onClose={close} />}
      <Confirm
        open={doing === "delete"}
        onOpenChange={close}
        title={t("bulk.delete", { count: ids.length })}
        description={chosen.map(({ name }) => name).join(", ")}
        confirmLabel={words("common.delete")}
        cancelLabel={words("common.cancel")}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ ids })}
      />
    </section>
  )
}
