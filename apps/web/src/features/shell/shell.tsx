import { lazy, type ReactNode, Suspense } from "react"
import { useTranslation } from "react-i18next"
import { sidebarShown, useWide } from "../../lib/sidebar.ts"

const Drawer = lazy(async () => ({ default: (await import("./drawer.tsx")).Drawer }))

/** The page's frame: a sidebar that can be put away, on a phone a drawer, and beside it the page. */
export function Shell(props: { sidebar: ReactNode; children: ReactNode }) {
  const { t } = useTranslation()
  const shown = sidebarShown.use()
  const wide = useWide()

  return (
    <div className="flex h-full">
      <a
        href="#main"
        className="-translate-y-16 fixed top-2 left-2 z-50 rounded-md bg-ink px-3 py-2 text-canvas text-sm focus:translate-y-0"
      >
        {t("common.skip")}
      </a>
      {wide && shown && (
        <aside className="flex w-68 shrink-0 flex-col border-line border-r bg-panel">
          {props.sidebar}
        </aside>
      )}
      {!wide && (
        <Suspense>
          <Drawer>{props.sidebar}</Drawer>
        </Suspense>
      )}
      <main id="main" tabIndex={-1} className="flex min-w-0 grow flex-col outline-none">
        {props.children}
      </main>
    </div>
  )
}
