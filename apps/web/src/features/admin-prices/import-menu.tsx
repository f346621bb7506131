import { ChevronDown, Download, Globe, ListChecks, Percent } from "lucide-react"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { Menu, MenuItem, MenuSeparator } from "../../ui/menu.tsx"
import type { PriceTool } from "./price-tool.tsx"

/** What can be done with many prices at once. */
export function ImportMenu({ onChoose }: { onChoose: (tool: PriceTool) => void }) {
  const { t } = useTranslation("prices")
  return (
    <Menu
      trigger={
        <Button icon={<Download className="size-4" />}>
          <span className="max-sm:sr-only">{t("import")}</span>
          <ChevronDown aria-hidden="true" className="-mr-1 size-4 text-muted" />
        </Button>
      }
    >
      <MenuItem icon={<ListChecks />} onSelect={() => onChoose("list")}>
        {t("import.list")}
      </MenuItem>
      <MenuItem icon={<Globe />} onSelect={() => onChoose("site")}>
        {t("import.site")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Percent />} onSelect={() => onChoose("percent")}>
        {t("percent.open")}
      </MenuItem>
    </Menu>
  )
}
