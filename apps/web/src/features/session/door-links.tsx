import { Link, type LinkProps } from "@tanstack/react-router"
import type { ReactNode } from "react"

/** From one page before one is in to another. */
export const DoorLink = (props: LinkProps & { children: string }) => (
  <Link
    {...props}
    className="text-muted text-sm underline decoration-line underline-offset-4 transition-colors duration-100 hover:text-ink"
  />
)

export const DoorLinks = ({ children }: { children: ReactNode }) => (
  <p className="mt-6 flex flex-wrap justify-between gap-x-6 gap-y-2 empty:hidden">{children}</p>
)
