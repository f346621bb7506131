import type { ConversationSummary } from "@nio/server/contract"
import { Link } from "@tanstack/react-router"
import { Ellipsis } from "lucide-react"
import { lazy, memo, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import { drawerOpen } from "../../lib/sidebar.ts"
import { lazyPopup } from "../../ui/lazy-popup.tsx"

const RowMenu = lazyPopup(async () => ({
  default: (await import("./conversation-menu.tsx")).ConversationMenu,
}))
const RenameConversation = lazy(async () => ({
  default: (await import("./rename-conversation.tsx")).RenameConversation,
}))
const DeleteConversation = lazy(async () => ({
  default: (await import("./delete-conversation.tsx")).DeleteConversation,
}))

export const ConversationRow = memo(function ConversationRow(props: {
  conversation: ConversationSummary
}) {
  const { t } = useTranslation()
  const [doing, setDoing] = useState<"rename" | "delete">()
  const { conversation } = props
  const title = conversation.title || t("list.untitled")
  const stopDoing = () => setDoing(undefined)

  return (
    <div className="group relative mt-px rounded-md has-[>a:focus-visible]:z-10">
      <Link
        to="/c/$id"
        params={{ id: conversation.id }}
        onClick={() => drawerOpen.set(false)}
        className="flex h-9 items-center rounded-md pr-9 pl-2.5 text-sm transition-colors duration-100 hover:bg-hover focus-visible:-outline-offset-2"
        activeProps={{ className: "bg-active font-medium" }}
      >
        <span className="truncate">{title}</span>
      </Link>
      <RowMenu
        onRename={() => setDoing("rename")}
        onDelete={() => setDoing("delete")}
        trigger={
          <button
            type="button"
            aria-label={t("list.actions", { title })}
            className="absolute top-1 right-1 flex size-7 items-center justify-center rounded-sm text-muted opacity-0 hover:bg-hover hover:text-ink focus-visible:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
          >
            <Ellipsis className="size-4" />
          </button>
        }
      />
      <Suspense>
        {doing === "rename" && (
          <RenameConversation conversation={conversation} onClose={stopDoing} />
        )}
        {doing === "delete" && (
          <DeleteConversation conversation={conversation} onClose={stopDoing} />
        )}
      </Suspense>
    </div>
  )
})
