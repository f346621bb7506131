import {
  type ComponentType,
  cloneElement,
  lazy,
  type ReactElement,
  Suspense,
  useState,
} from "react"

type Trigger = { trigger: ReactElement<Record<string, unknown>> }

/**
 * A menu or popover that is fetched when someone reaches for its trigger, and then opens at once.
 * What it loads must render its own trigger and begin open.
 */
export function lazyPopup<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props & Trigger> }>,
) {
  const Popup = lazy(load)
  return function LazyPopup(props: Props & Trigger) {
    const [wanted, setWanted] = useState(false)
    const closed = cloneElement(props.trigger, {
      "aria-haspopup": true,
      onPointerEnter: load,
      onFocus: load,
      onClick: () => setWanted(true),
    })
    if (!wanted) return closed
    return (
      <Suspense fallback={closed}>
        <Popup {...props} />
      </Suspense>
    )
  }
}
