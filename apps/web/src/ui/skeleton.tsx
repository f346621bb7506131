/** In the place and size of what will come. */
export const Skeleton = ({ className = "" }: { className?: string }) => (
  <div aria-hidden="true" className={`animate-breathe rounded-sm bg-active ${className}`} />
)
