import { Link } from "@tanstack/react-router"
import { SquarePen, Trash2 } from "lucide-react"
import { useTranslation } from "react-i18next"
import { drawerOpen } from "../../../lib/sidebar.ts"
import { buttonClass } from "../../../ui/button.tsx"
import { IconButton } from "../../../ui/icon-button.tsx"
import { dropVisitorConversations, visitorConversations } from "./visitor-store.ts"

const row =
  "flex h-9 items-center rounded-md pl-2.5 text-sm transition-colors duration-100 hover:bg-hover focus-visible:-outline-offset-2"

/** What this browser keeps, and the way to an account. */
export function VisitorSidebar() {
  const { t } = useTranslation("visitor")
  const all = visitorConversations.use() ?? []
  const close = () => drawerOpen.set(false)
  return (
    <>
      <nav aria-label={t("conversations")} className="grow overflow-y-auto p-2">
        <Link to="/visit" onClick={close} className={`${row} gap-2.5`}>
          <SquarePen className="size-4 text-accent" />
          {t("new")}
        </Link>
        {all.map(({ id, title }) => (
          <div key={id} className="group relative mt-px">
            <Link
              to="/visit"
              search={{ c: id }}
              onClick={close}
              className={`${row} pr-9`}
              activeOptions={{ includeSearch: true }}
              activeProps={{ className: "bg-active font-medium" }}
            >
              <span className="truncate">{title}</span>
            </Link>
            <IconButton
              size="sm"
              label={t("delete", { title })}
              onClick={() => void dropVisitorConversations([id])}
              className="absolute! top-1 right-1 opacity-0 focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
            >
              <Trash2 className="size-3.5" />
            </IconButton>
          </div>
        ))}
      </nav>
      <div className="grid shrink-0 gap-2 border-line border-t p-3 [padding-bottom:max(0.75rem,env(safe-area-inset-bottom))]">
        <p className="text-muted text-xs">{t("kept")}</p>
        <Link to="/sign-in" className={buttonClass("primary", "sm")}>
          {t("signIn")}
        </Link>
      </div>
    </>
  )
}
