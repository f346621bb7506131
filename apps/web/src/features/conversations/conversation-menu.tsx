import { Pencil, Trash2 } from "lucide-react"
import type { ReactElement } from "react"
import { useTranslation } from "react-i18next"
import { Menu, MenuItem } from "../../ui/menu.tsx"

export function ConversationMenu(props: {
  trigger: ReactElement
  onRename: () => void
  onDelete: () => void
}) {
  const { t } = useTranslation()
  return (
    <Menu defaultOpen trigger={props.trigger}>
      <MenuItem icon={<Pencil className="size-4" />} onSelect={props.onRename}>
        {t("list.rename")}
      </MenuItem>
      <MenuItem danger icon={<Trash2 className="size-4" />} onSelect={props.onDelete}>
        {t("list.delete")}
      </MenuItem>
    </Menu>
  )
}
