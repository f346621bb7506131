import { FileDown, FileUp, MoreHorizontal } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { IconButton } from "../../ui/icon-button.tsx"
import { Menu, MenuItem } from "../../ui/menu.tsx"
import { ExportChannels } from "./export-channels.tsx"
import { ImportChannels } from "./import-channels.tsx"

/** All channels into a file, or more of them out of one. */
export function TransferMenu() {
  const { t } = useTranslation("channels")
  const [doing, setDoing] = useState<"import" | "export">()
  const close = () => setDoing(undefined)
  return (
    <>
      <Menu
        trigger={
          <IconButton size="lg" label={t("transfer")}>
            <MoreHorizontal className="size-4" />
          </IconButton>
        }
      >
        <MenuItem icon={<FileUp className="size-4" />} onSelect={() => setDoing("import")}>
          {t("import")}
        </MenuItem>
        <MenuItem icon={<FileDown className="size-4" />} onSelect={() => setDoing("export")}>
          {t("export.all")}
        </MenuItem>
      </Menu>
      {doing === "import" && <ImportChannels onClose={close} />}
      {doing === "export" && <ExportChannels onClose={close} />}
    </>
  )
}
