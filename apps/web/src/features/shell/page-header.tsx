import { PanelLeft } from "lucide-react"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { keyLabel } from "../../lib/shortcuts.ts"
import { sidebarShown, toggleSidebar } from "../../lib/sidebar.ts"
import { IconButton } from "../../ui/icon-button.tsx"

/** The bar above a page: the way to the sidebar when that is away, a title, what can be done. */
export function PageHeader(props: { title?: ReactNode; actions?: ReactNode }) {
  const { t } = useTranslation()
  const shown = sidebarShown.use()

  return (
    <header className="flex h-13 shrink-0 items-center gap-1.5 px-3">
      <IconButton
        label={t("shell.sidebar.show")}
        keys={keyLabel("mod+b")}
        onClick={toggleSidebar}
        className={shown ? "md:hidden" : ""}
      >
        <PanelLeft className="size-4.5" />
      </IconButton>
      {props.title ? (
        <h1 className="min-w-0 grow truncate px-1 font-medium text-sm">{props.title}</h1>
      ) : (
        <span className="grow" />
      )}
      {props.actions}
    </header>
  )
}
