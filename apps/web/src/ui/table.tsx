import type { ComponentProps } from "react"

/**
 * Scrolls sideways by itself when the screen is too narrow. Its margin leaves room for the rings
 * around what stands at its edge.
 */
export const Table = ({ className = "", ...rest }: ComponentProps<"table">) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  <div className="-m-1 overflow-x-auto p-1" tabIndex={0}>
    <table className={`w-full border-collapse text-left text-sm ${className}`} {...rest} />
  </div>
)

const cell = "border-line border-b px-3 first:pl-0 last:pr-0"

export const Th = ({ className = "", ...rest }: ComponentProps<"th">) => (
  <th
    scope="col"
    className={`h-9 whitespace-nowrap font-medium text-muted text-xs ${cell} ${className}`}
    {...rest}
  />
)

export const Td = ({ className = "", ...rest }: ComponentProps<"td">) => (
  <td className={`py-2.5 align-middle tabular-nums ${cell} ${className}`} {...rest} />
)
