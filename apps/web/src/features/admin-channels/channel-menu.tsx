import type { ChannelView } from "@nio/server/contract"
import { useNavigate } from "@tanstack/react-router"
import { Copy, FileDown, MoreHorizontal, Pencil, Trash2 } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Confirm } from "../../ui/confirm.tsx"
import { IconButton } from "../../ui/icon-button.tsx"
import { Menu, MenuItem } from "../../ui/menu.tsx"
import { toast } from "../../ui/toast.tsx"
import { ExportChannels } from "./export-channels.tsx"

export function ChannelMenu({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const navigate = useNavigate()
  const { t: more } = useTranslation("channels")
  const [asking, setAsking] = useState(false)
  const [exporting, setExporting] = useState(false)
  const duplicate = trpc.channel.duplicate.useMutation({
    async onSuccess({ id }) {
      await utils.invalidate()
      toast.success(more("duplicated"))
      void navigate({ to: "/admin/channels/$id", params: { id } })
    },
    onError: (error) => toast.error(sentence(error)),
  })
  const remove = trpc.channel.delete.useMutation({
    onSuccess: () => toast.success(t("channels.deleted", { name: channel.name })),
    onError: (error) => toast.error(sentence(error)),
    onSettled: () => utils.invalidate(),
  })

  return (
    <>
      <Menu
        trigger={
          <IconButton label={t("channels.more", { name: channel.name })}>
            <MoreHorizontal className="size-4" />
          </IconButton>
        }
      >
        <MenuItem
          icon={<Pencil className="size-4" />}
          onSelect={() => void navigate({ to: "/admin/channels/$id", params: { id: channel.id } })}
        >
          {words("common.edit")}
        </MenuItem>
        <MenuItem
          icon={<Copy className="size-4" />}
          onSelect={() => duplicate.mutate({ id: channel.id })}
        >
          {more("duplicate")}
        </MenuItem>
        <MenuItem icon={<FileDown className="size-4" />} onSelect={() => setExporting(true)}>
          {more("export")}
        </MenuItem>
        <MenuItem danger icon={<Trash2 className="size-4" />} onSelect={() => setAsking(true)}>
          {words("common.delete")}
        </MenuItem>
      </Menu>
      {exporting && <ExportChannels ids={[channel.id]} onClose={() => setExporting(false)} />}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t("channels.delete.title", { name: channel.name })}
        description={t("channels.delete.text")}
        confirmLabel={words("common.delete")}
        cancelLabel={words("common.cancel")}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id: channel.id }, { onError: () => setAsking(false) })}
      />
    </>
  )
}
