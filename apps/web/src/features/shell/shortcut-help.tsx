import { useTranslation } from "react-i18next"
import { type Keys, keyNames } from "../../lib/shortcuts.ts"
import { Dialog } from "../../ui/dialog.tsx"
import { helpOpen } from "./help-open.ts"

/** Every shortcut there is. A new one gets a row here. */
const rows = [
  ["shortcut.newChat", "mod+shift+o"],
  ["shortcut.search", "mod+k"],
  ["shortcut.focus", "/"],
  ["shortcut.model", "mod+shift+m"],
  ["shortcut.send", "enter"],
  ["shortcut.newLine", "shift+enter"],
  ["shortcut.stop", "escape"],
  ["shortcut.sidebar", "mod+b"],
  ["shortcut.theme", "mod+shift+l"],
  ["shortcut.help", "?"],
] as const satisfies readonly (readonly [string, Keys])[]

export function ShortcutHelp() {
  const { t } = useTranslation()
  return (
    <Dialog
      open={helpOpen.use()}
      onOpenChange={helpOpen.set}
      title={t("shell.shortcuts")}
      closeLabel={t("common.close")}
      width="sm"
    >
      <dl className="divide-y divide-line">
        {rows.map(([name, keys]) => (
          <div key={name} className="flex h-10 items-center justify-between gap-4">
            <dt>{t(name)}</dt>
            <dd className="flex gap-1">
              {keyNames(keys).map((key) => (
                <kbd
                  key={key}
                  className="flex h-6 min-w-6 items-center justify-center rounded-sm bg-active px-1.5 font-sans text-muted text-xs"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
