import { PanelLeftClose } from "lucide-react"
import { useTranslation } from "react-i18next"
import { keyLabel } from "../../lib/shortcuts.ts"
import { toggleSidebar } from "../../lib/sidebar.ts"
import { IconButton } from "../../ui/icon-button.tsx"
import { Mark } from "../../ui/mark.tsx"

export function SidebarHeader({ title }: { title: string }) {
  const { t } = useTranslation()
  return (
    <div className="flex h-13 shrink-0 items-center gap-2 pr-2 pl-4">
      <Mark className="size-5 text-accent" />
      <span className="min-w-0 grow truncate font-semibold text-sm">{title}</span>
      <IconButton label={t("shell.sidebar.hide")} keys={keyLabel("mod+b")} onClick={toggleSidebar}>
        <PanelLeftClose className="size-4.5" />
      </IconButton>
    </div>
  )
}
