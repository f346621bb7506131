/** The product's sign: one voice answering another. The same drawing as `public/icon.svg`. */
export const Mark = ({ className = "" }: { className?: string }) => (
  <svg viewBox="0 0 24 24" aria-hidden="true" className={`shrink-0 ${className}`}>
    <path
      fill="currentColor"
      d="M12 2.5a9.5 9.5 0 0 0-8.2 14.3l-1 3.5a.75.75 0 0 0 .93.93l3.5-1A9.5 9.5 0 1 0 12 2.5Zm0 4a5.5 5.5 0 0 1 5.5 5.5 1.25 1.25 0 1 1-2.5 0 3 3 0 0 0-6 0 1.25 1.25 0 1 1-2.5 0A5.5 5.5 0 0 1 12 6.5Z"
    />
  </svg>
)
