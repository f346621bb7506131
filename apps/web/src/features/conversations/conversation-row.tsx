import type { ConversationSummary } from "@nio/server/contract"
import { Link } from "@tanstack/react-router"
import { Ellipsis, Pencil, Trash2 } from "lucide-react"
import { memo, useState } from "react"
import { useTranslation } from "react-i18next"
import { drawerOpen } from "../../lib/sidebar.ts"
import { Menu, MenuItem } from "../../ui/menu.tsx"
import { DeleteConversation } from "./delete-conversation.tsx"
import { RenameConversation } from "./rename-conversation.tsx"

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
      <Menu
        trigger={
          <button
            type="button"
            aria-label={t("list.actions", { title })}
            className="absolute top-1 right-1 flex size-7 items-center justify-center rounded-sm text-muted opacity-0 hover:bg-hover hover:text-ink focus-visible:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
          >
            <Ellipsis className="size-4" />
          </button>
        }
      >
        <MenuItem icon={<Pencil className="size-4" />} onSelect={() => setDoing("rename")}>
          {t("list.rename")}
        </MenuItem>
        <MenuItem danger icon={<Trash2 className="size-4" />} onSelect={() => setDoing("delete")}>
          {t("list.delete")}
        </MenuItem>
      </Menu>
      {doing === "rename" && <RenameConversation conversation={conversation} onClose={stopDoing} />}
      {doing === "delete" && <DeleteConversation conversation={conversation} onClose={stopDoing} />}
    </div>
  )
})
