import { DropdownMenu as Radix } from "radix-ui"
import type { ComponentProps, ReactElement, ReactNode } from "react"

/** A button's menu. `trigger` is one focusable element. */
export function Menu(props: {
  trigger: ReactElement
  align?: "start" | "center" | "end"
  side?: "top" | "bottom"
  defaultOpen?: boolean
  children: ReactNode
}) {
  return (
    <Radix.Root defaultOpen={props.defaultOpen ?? false}>
      <Radix.Trigger asChild>{props.trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={props.align ?? "end"}
          side={props.side ?? "bottom"}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-44 animate-rise rounded-md bg-raised p-1 shadow-float"
        >
          {props.children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

const menuItemClass =
  "flex h-9 w-full select-none items-center gap-2.5 rounded-sm px-2.5 text-sm outline-none data-[highlighted]:bg-hover data-[disabled]:opacity-50"

export function MenuItem({
  icon,
  danger = false,
  className = "",
  children,
  ...rest
}: ComponentProps<typeof Radix.Item> & { icon?: ReactNode; danger?: boolean }) {
  return (
    <Radix.Item
      className={`${menuItemClass} cursor-pointer ${danger ? "text-danger" : "text-ink"} ${className}`}
      {...rest}
    >
      {icon && <span className="flex size-4 items-center text-current opacity-75">{icon}</span>}
      {children}
    </Radix.Item>
  )
}

export const MenuSeparator = () => <Radix.Separator className="-mx-1 my-1 h-px bg-line" />
