import type { ChannelFile } from "@nio/server/contract"
import { channelFile } from "@nio/server/contract/channel"
import { FileUp } from "lucide-react"
import { useRef, useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Notice } from "../../ui/notice.tsx"
import { toast } from "../../ui/toast.tsx"

const namesMax = 8

/** Takes channels over from a file, after showing what it holds. */
export function ImportChannels({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("channels")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<ChannelFile | "unreadable">()
  const take = trpc.channel.import.useMutation({
    async onSuccess({ ids }) {
      await utils.invalidate()
      toast.success(t("import.done", { count: ids.length }))
      onClose()
    },
  })

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("import")}
      description={t("import.text")}
      closeLabel={words("common.close")}
      width="sm"
    >
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-label={t("import.choose")}
        className="sr-only"
        tabIndex={-1}
        onChange={async (event) => setFile(await read(event.target.files?.[0]))}
      />
      <Button icon={<FileUp className="size-4" />} onClick={() => input.current?.click()}>
        {t("import.choose")}
      </Button>
      <div aria-live="polite" className="mt-4 empty:hidden">
        {file === "unreadable" && <Notice tone="danger">{t("import.unreadable")}</Notice>}
        {file && file !== "unreadable" && <Preview file={file} />}
        {take.error && <Notice tone="danger">{sentence(take.error)}</Notice>}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{words("common.cancel")}</Button>
        <Button
          variant="primary"
          busy={take.isPending}
          disabled={!file || file === "unreadable"}
          onClick={() => file && file !== "unreadable" && take.mutate(file)}
        >
          {t("import.do")}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Preview({ file: { channels } }: { file: ChannelFile }) {
  const { t } = useTranslation("channels")
  const bare = channels.filter(({ secrets = [] }) => secrets.length === 0).length
  const names = channels.slice(0, namesMax).map(({ name }) => name)
  return (
    <Notice tone="info" title={t("import.holds", { count: channels.length })}>
      <p>
        {names.join(", ")}
        {channels.length > namesMax && " …"}
      </p>
      {bare > 0 && <p className="mt-1">{t("import.bare", { count: bare })}</p>}
    </Notice>
  )
}

async function read(file: File | undefined): Promise<ChannelFile | "unreadable" | undefined> {
  if (!file) return undefined
  try {
    return channelFile.parse(JSON.parse(await file.text()))
  } catch {
    return "unreadable"
  }
}
