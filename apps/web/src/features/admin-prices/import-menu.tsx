import { ChevronDown, Download, Globe, ListChecks } from "lucide-react"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { Menu, MenuItem } from "../../ui/menu.tsx"

const ImportList = lazy(() => import("./import-list.tsx").then((m) => ({ default: m.ImportList })))
const ImportSite = lazy(() => import("./import-site.tsx").then((m) => ({ default: m.ImportSite })))

/** Where prices can be taken over from. */
export function ImportMenu() {
  const { t } = useTranslation("prices")
  const [from, setFrom] = useState<"list" | "site">()
  const Import = from === "list" ? ImportList : ImportSite
  return (
    <>
      <Menu
        trigger={
          <Button icon={<Download className="size-4" />}>
            {t("import")}
            <ChevronDown aria-hidden="true" className="-mr-1 size-4 text-muted" />
          </Button>
        }
      >
        <MenuItem icon={<ListChecks />} onSelect={() => setFrom("list")}>
          {t("import.list")}
        </MenuItem>
        <MenuItem icon={<Globe />} onSelect={() => setFrom("site")}>
          {t("import.site")}
        </MenuItem>
      </Menu>
      {from && (
        <Suspense>
          <Import onClose={() => setFrom(undefined)} />
        </Suspense>
      )}
    </>
  )
}
